import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';
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
  const popup = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  /** The first field; the sheet itself where there is none, so that Escape and the arrows work at once. */
  const firstField = () => body.current?.querySelector<HTMLElement>('input, textarea') ?? popup.current;
  return (
    <Base.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup
          ref={popup}
          className={classNames('sheet', size)}
          initialFocus={firstField}
          data-testid={testId}
        >
          <header className="sheet-head">
            <Base.Title className="sheet-title">{title}</Base.Title>
            <Base.Close className="button icon quiet" aria-label="Close" title="Close (Esc)">
              <X size={16} aria-hidden />
            </Base.Close>
          </header>
          <div className="sheet-body" ref={body}>
            {children}
          </div>
          {footer !== undefined && <footer className="sheet-foot">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
