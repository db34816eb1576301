import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { menuTemplate } from '../../../electron/desktop/menu.ts';

const itemsOf = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
const rolesOf = (isMac: boolean, isPackaged: boolean) =>
  itemsOf(menuTemplate(isMac, isPackaged)).map(({ role }) => role);

describe.each([true, false])('the menu (Mac: %s)', (isMac) => {
  test('has no item that does nothing', () => {
    for (const item of itemsOf(menuTemplate(isMac, false))) {
      expect(item.role !== undefined || item.type === 'separator' || item.submenu !== undefined).toBe(true);
    }
  });

  test('has the usual menus, in the usual order', () => {
    const menus = menuTemplate(isMac, true).map(({ role, label }) => role ?? label);
    expect(menus).toEqual([
      ...(isMac ? ['appMenu'] : []),
      'fileMenu',
      'editMenu',
      '&View',
      'windowMenu',
      'help',
    ]);
  });

  test('has developer tools only where it is developed', () => {
    expect(rolesOf(isMac, false)).toContain('toggleDevTools');
    expect(rolesOf(isMac, true)).not.toContain('toggleDevTools');
  });
});
