import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlainError } from '../../shared/contract/errors.ts';
import './error-notice.css';

/** What happened, where, and what to do. Cancelled tasks say nothing. `action` is what can be done at once. */
export function ErrorNotice({
  error,
  action,
}: {
  readonly error: PlainError | null;
  readonly action?: ReactNode;
}) {
  if (error === null || error.code === 'cancelled') return null;
  const { file, line, column, field, hint } = error.detail;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return (
    <div className="error-notice" role="alert" data-testid="error" data-code={error.code}>
      <CircleAlert size={16} aria-hidden />
      <div>
        <p>
          {place !== '' && <code>{place}</code>} {error.message}
          {field !== undefined && !error.message.includes(field) && <span className="muted"> ({field})</span>}
        </p>
        {hint !== undefined && <p className="muted">{hint}</p>}
      </div>
      {action}
    </div>
  );
}
