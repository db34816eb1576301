import { COMMAND_LIST } from '../../shared/commands/commands.ts';
import { runCommand } from '../commands/handlers.ts';

/** Does what is chosen from the desktop window's menu; a browser has no such menu. */
export function listenToMenu(): void {
  window.hindsight?.onCommand((chosen) => {
    const command = COMMAND_LIST.find(({ id }) => id === chosen);
    if (command !== undefined) runCommand(command.id);
  });
}
