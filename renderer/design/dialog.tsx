import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import './dialog.css';

interface ConfirmProps {
  readonly open: boolean;
  readonly title: string;
  /** What will be gone, and that it cannot be brought back. */
  readonly children: ReactNode;
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Only for what cannot be undone; everything else is done at once and offers Undo. */
export function ConfirmDialog({ open, title, children, action, onConfirm, onClose }: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="scrim" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="dialog-text">
            {children}
          </AlertDialog.Description>
          <div className="dialog-actions">
            <AlertDialog.Close render={<Button />}>Cancel</AlertDialog.Close>
            <Button
              tone="danger"
              onClick={() => {
                onConfirm();
                onClose();
              }}
            >
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

interface SheetProps {
  readonly open: boolean;
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What to do with it, at the bottom. */
  readonly footer?: ReactNode;
  /** `wide` leaves a margin of the screen behind; `full` leaves none. */
  readonly size?: 'narrow' | 'wide' | 'full';
  readonly testId?: string | undefined;
}

/** A piece of work beside the screen it belongs to; Escape leaves it. */
export function Sheet({ open, title, onClose, children, footer, size = 'narrow', testId }: SheetProps) {
  return (
    <Base.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup className={classNames('sheet', size)} data-testid={testId}>
          <header className="sheet-head">
            <Base.Title className="sheet-title">{title}</Base.Title>
            <IconButton label="Close" keys="Esc" icon={<X size={16} aria-hidden />} onClick={onClose} />
          </header>
          <div className="sheet-body">{children}</div>
          {footer !== undefined && <footer className="sheet-foot">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
