import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { menuTemplate } from '../../../electron/desktop/menu.ts';
import { COMMAND_LIST } from '../../../shared/commands/commands.ts';

const itemsOf = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
const rolesOf = (isMac: boolean, isPackaged: boolean) =>
  itemsOf(menuTemplate(isMac, isPackaged, () => {})).map(({ role }) => role);

describe.each([true, false])('the menu (Mac: %s)', (isMac) => {
  test('has no item that does nothing', () => {
    for (const item of itemsOf(menuTemplate(isMac, false, () => {}))) {
      const does = item.role ?? item.click ?? item.submenu;
      expect(does !== undefined || item.type === 'separator').toBe(true);
    }
  });

  test('has the usual menus, in the usual order', () => {
    const menus = menuTemplate(isMac, true, () => {}).map(({ role, label }) => role ?? label);
    expect(menus).toEqual([
      ...(isMac ? ['appMenu'] : []),
      '&File',
      'editMenu',
      '&View',
      '&Go',
      '&Run',
      'windowMenu',
      'help',
    ]);
  });

  test('has every command that names a menu, once, and tells which was chosen', () => {
    const run = vi.fn();
    const items = itemsOf(menuTemplate(isMac, true, run)).filter(({ click }) => click !== undefined);
    const expected = COMMAND_LIST.filter(({ menu }) => menu !== undefined).map(({ id }) => id);
    expect(items.map(({ id }) => id).sort()).toEqual([...expected].sort());
    for (const item of items) (item.click as () => void)();
    expect(run.mock.calls.map(([id]) => id).sort()).toEqual([...expected].sort());
  });

  test('shows the default keys and leaves it to the page to listen to them', () => {
    const items = itemsOf(menuTemplate(isMac, true, () => {}));
    const data = items.find(({ id }) => id === 'go-data');
    expect(data).toMatchObject({ accelerator: 'CommandOrControl+1', registerAccelerator: false });
    for (const { accelerator, registerAccelerator, role } of items)
      if (accelerator !== undefined && role === undefined) expect(registerAccelerator).toBe(false);
    expect(items.find(({ id }) => id === 'show-keys')?.accelerator).toBeUndefined();
  });

  test('has developer tools only where it is developed', () => {
    expect(rolesOf(isMac, false)).toContain('toggleDevTools');
    expect(rolesOf(isMac, true)).not.toContain('toggleDevTools');
  });
});
