import type { MenuItemConstructorOptions } from 'electron';
import { COMMAND_LIST, type CommandId, type CommandMenu } from '../../shared/commands/commands.ts';
import { acceleratorOf } from '../../shared/commands/keys.ts';

const separator = { type: 'separator' } as const;

/**
 * The application's menu: the commands of the app, and roles, so that every other item does what its platform's users
 * expect. `run` is told which command was chosen.
 */
export function menuTemplate(
  isMac: boolean,
  isPackaged: boolean,
  run: (command: CommandId) => void,
): MenuItemConstructorOptions[] {
  const commands = (menu: CommandMenu): MenuItemConstructorOptions[] =>
    COMMAND_LIST.filter((command) => command.menu === menu).map(({ id, title, keys }) => ({
      id,
      label: title.replaceAll('&', '&&'),
      click: () => run(id),
      ...acceleratorFor(keys[0]),
    }));
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        ...commands('file'),
        separator,
        { role: 'close' },
        ...(isMac ? [] : [{ role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...commands('view'),
        separator,
        { role: 'reload' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    { label: '&Go', submenu: commands('go') },
    { label: '&Run', submenu: commands('run') },
    { role: 'windowMenu' },
    // On a Mac the application menu holds About, and the system adds its own search to Help.
    {
      role: 'help',
      submenu: [...commands('help'), ...(isMac ? [] : [separator, { role: 'about' } as const])],
    },
  ];
}

/** Shown beside the item; the page itself listens to keys, which may be set to others. A letter alone is no accelerator. */
function acceleratorFor(keys: string | undefined): Partial<MenuItemConstructorOptions> {
  if (keys === undefined || !keys.includes('+')) return {};
  return { accelerator: acceleratorOf(keys), registerAccelerator: false };
}
