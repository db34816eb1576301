import type { ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What to do, in a sentence. */
  readonly children?: ReactNode;
  /** Buttons: what to do first, and the sample. */
  readonly actions?: ReactNode;
  readonly testId?: string | undefined;
}

/** Where there is nothing yet: what to do about it, with the keys. */
export function EmptyState({ icon, title, children, actions, testId }: EmptyStateProps) {
  return (
    <div className="empty-state" data-testid={testId}>
      {icon !== undefined && <div className="empty-state-icon">{icon}</div>}
      <h2>{title}</h2>
      {children !== undefined && <div className="empty-state-text">{children}</div>}
      {actions !== undefined && <div className="empty-state-actions">{actions}</div>}
    </div>
  );
}
