import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import './toast.css';

type Kind = 'info' | 'done' | 'problem';
const ICONS = { info: Info, done: CircleCheck, problem: CircleAlert } as const;
const manager = Base.createToastManager();

/** How long Undo is offered, in milliseconds; the time stands still while the pointer or the focus is on it. */
export const UNDO_MILLISECONDS = 10_000;

interface ToastOptions {
  readonly title: string;
  readonly text?: string;
  readonly kind?: Kind;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** 0: stays until it is closed. */
  readonly milliseconds?: number;
  readonly onClose?: () => void;
}

/** Tells something that happened, at the corner of the window; from anywhere, not only from components. */
export function toast(options: ToastOptions): { readonly close: () => void } {
  const { title, text, kind = 'info', action, milliseconds = 6_000, onClose } = options;
  const id = manager.add({
    title,
    ...(text === undefined ? {} : { description: text }),
    type: kind,
    timeout: milliseconds,
    priority: kind === 'problem' ? 'high' : 'low',
    ...(onClose === undefined ? {} : { onClose }),
    ...(action === undefined
      ? {}
      : {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.onClick();
              manager.close(id);
            },
          },
        }),
  });
  return { close: () => manager.close(id) };
}

/** Around the app: where toasts show. F6 goes to them. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      {children}
      <Base.Portal>
        <Base.Viewport className="toasts" data-testid="toasts">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((one) => {
    const Icon = ICONS[(one.type ?? 'info') as Kind];
    return (
      <Base.Root key={one.id} toast={one} className="toast" data-testid="toast" swipeDirection="right">
        <Base.Content className={`toast-content ${one.type}`}>
          <Icon size={16} aria-hidden />
          <div className="toast-words">
            <Base.Title className="toast-title" render={<p />} />
            <Base.Description className="toast-text" />
          </div>
          {one.actionProps !== undefined && <Base.Action className="button" data-testid="toast-action" />}
          <Base.Close className="button icon quiet" aria-label="Close">
            <X size={14} aria-hidden />
          </Base.Close>
        </Base.Content>
      </Base.Root>
    );
  });
}
