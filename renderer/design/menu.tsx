import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import './popup.css';

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  /** MenuItem, MenuCheck, MenuGroup and MenuLine. */
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
}

/** Things to do, behind a button: arrows and first letters choose. */
export function Menu({ trigger, children, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="popup-place" align={align} side={side} sideOffset={3}>
          <Base.Popup className="popup popup-list">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The same at the pointer, or at the focused element with the menu key; `children` is what it belongs to. */
export function ContextMenu({
  menu,
  children,
}: {
  readonly menu: ReactNode;
  readonly children: ReactElement<Record<string, unknown>>;
}) {
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={children} />
      <BaseContext.Portal>
        <BaseContext.Positioner className="popup-place">
          <BaseContext.Popup className="popup popup-list">{menu}</BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}

/** The same at a point of the window, opened from outside; null is closed. */
export function MenuAt({
  place,
  onClose,
  children,
}: {
  readonly place: { readonly x: number; readonly y: number } | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const anchor = {
    getBoundingClientRect: () =>
      DOMRect.fromRect({ x: place?.x ?? 0, y: place?.y ?? 0, width: 0, height: 0 }),
  };
  return (
    <Base.Root open={place !== null} onOpenChange={(isOpen) => !isOpen && onClose()} modal={false}>
      <Base.Portal>
        <Base.Positioner className="popup-place" anchor={anchor} align="start" side="bottom">
          <Base.Popup className="popup popup-list">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  readonly keys?: string | undefined;
  readonly tone?: 'neutral' | 'danger';
  readonly disabled?: boolean;
  readonly testId?: string | undefined;
  readonly children: ReactNode;
}

export function MenuItem(props: MenuItemProps) {
  const { onSelect, icon, hint, keys, tone = 'neutral', disabled, testId, children } = props;
  return (
    <Base.Item
      className={classNames('popup-item', tone)}
      onClick={onSelect}
      disabled={disabled ?? false}
      data-testid={testId}
    >
      {icon}
      <span className="popup-item-text">
        <span>{children}</span>
        {hint !== undefined && <span className="popup-item-hint">{hint}</span>}
      </span>
      {keys !== undefined && <Kbd keys={keys} />}
    </Base.Item>
  );
}

interface MenuCheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly keys?: string | undefined;
  readonly children: ReactNode;
}

export function MenuCheck({ checked, onChange, keys, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem className="popup-item" checked={checked} onCheckedChange={onChange}>
      <span className="popup-check">
        <Base.CheckboxItemIndicator>
          <Check size={13} aria-hidden />
        </Base.CheckboxItemIndicator>
      </span>
      <span className="popup-item-text">{children}</span>
      {keys !== undefined && <Kbd keys={keys} />}
    </Base.CheckboxItem>
  );
}

export function MenuGroup({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="popup-heading">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export const MenuLine = () => <Base.Separator className="popup-line" />;
