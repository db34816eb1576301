import type Electron from 'electron';
import type { KeyPress } from '../page/messages.ts';
import { type Fits, preventable, refusingClass, refusingEmitter } from '../refusal.ts';
import { isAccelerator } from './keyboard.ts';
import { ROLES } from './menu-roles.ts';

let lastCommandId = 0;

export class MenuItem extends refusingClass('MenuItem') {
  readonly commandId = ++lastCommandId;
  readonly id: string;
  readonly type: Electron.MenuItem['type'];
  readonly role: NonNullable<Electron.MenuItem['role']> | undefined;
  readonly accelerator: string | undefined;
  readonly registerAccelerator: boolean;
  readonly submenu: Electron.Menu | undefined;
  readonly toolTip: string;
  readonly sublabel: string;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly click: (event?: Partial<Electron.KeyboardEvent>, window?: Electron.BrowserWindow) => void;

  constructor(options: Electron.MenuItemConstructorOptions) {
    super();
    // Electron knows roles in any case; its typings spell them in one.
    const role = options.role === undefined ? undefined : ROLES[options.role.toLowerCase()];
    if (options.role !== undefined && role === undefined)
      throw new Error(`The stand-in has no menu role ${options.role}`);
    const submenu = options.submenu ?? role?.submenu;
    this.id = options.id ?? '';
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.role = options.role as never;
    this.label = options.label ?? role?.label ?? '';
    this.accelerator = options.accelerator ?? role?.accelerator;
    this.registerAccelerator = options.registerAccelerator ?? role?.isPages !== true;
    this.submenu = Array.isArray(submenu)
      ? Menu.buildFromTemplate(submenu)
      : (submenu as Electron.Menu | undefined);
    this.toolTip = options.toolTip ?? '';
    this.sublabel = options.sublabel ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = (event, window) => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (role?.act !== undefined) role.act(window);
      else
        options.click?.(this as unknown as Electron.MenuItem, window, { ...event } as Electron.KeyboardEvent);
    };
  }
}
export type _MenuItem = Fits<Omit<MenuItem, 'role' | 'accelerator' | 'submenu'>, Electron.MenuItem>;

let applicationMenu: Electron.Menu | null = null;

export class Menu extends refusingEmitter('Menu', {
  emitted: [],
  silent: ['menu-will-show', 'menu-will-close'],
}) {
  readonly items: Electron.MenuItem[] = [];

  append(item: Electron.MenuItem): void {
    this.items.push(item);
  }
  insert(position: number, item: Electron.MenuItem): void {
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): Electron.MenuItem | null {
    return walk(this.items).find((item) => item.id === id) ?? null;
  }

  static buildFromTemplate(
    template: readonly (Electron.MenuItemConstructorOptions | Electron.MenuItem)[],
  ): Electron.Menu {
    const menu = new Menu();
    for (const entry of template) {
      const item =
        entry instanceof MenuItem ? entry : new MenuItem(entry as Electron.MenuItemConstructorOptions);
      menu.append(item as unknown as Electron.MenuItem);
    }
    return menu as unknown as Electron.Menu;
  }
  static setApplicationMenu(menu: Electron.Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Electron.Menu | null {
    return applicationMenu;
  }
}
export type _Menu = Fits<Pick<Menu, 'items' | 'append' | 'insert' | 'getMenuItemById'>, Electron.Menu>;

function walk(items: readonly Electron.MenuItem[]): Electron.MenuItem[] {
  return items.flatMap((item) => [item, ...(item.submenu === undefined ? [] : walk(item.submenu.items))]);
}

/** A key that the page has not taken goes to the menu. */
export function pressMenuKey(press: KeyPress, window: Electron.BrowserWindow): void {
  const item = walk(applicationMenu?.items ?? []).find(
    ({ accelerator, registerAccelerator, enabled, visible }) =>
      accelerator != null &&
      registerAccelerator &&
      enabled &&
      visible &&
      isAccelerator(String(accelerator), press, process.platform === 'darwin'),
  );
  item?.click(preventable({ triggeredByAccelerator: true }), window);
}
