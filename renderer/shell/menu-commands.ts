import { COMMAND_LIST } from '../../shared/commands/commands.ts';
import { runCommand } from '../commands/handlers.ts';

/** Does what the desktop window's menu asks for; a browser has no such menu. */
export function listenToMenu(): () => void {
  const onMessage = ({ source, data }: MessageEvent) => {
    if (source !== window || (data as { type?: unknown } | null)?.type !== 'hindsight:command') return;
    const command = COMMAND_LIST.find(({ id }) => id === (data as { id?: unknown }).id);
    if (command !== undefined) runCommand(command.id);
  };
  window.addEventListener('message', onMessage);
  return () => window.removeEventListener('message', onMessage);
}
