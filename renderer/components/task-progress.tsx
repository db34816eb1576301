import { X } from 'lucide-react';
import type { Progress } from '../../shared/contract/schemas.ts';
import { formatCompact } from '../../shared/format/number.ts';

/** Bar, stage, rate and time left of a long task, and its Cancel button. */
export function TaskProgress({
  label,
  progress,
  onCancel,
}: {
  readonly label: string;
  readonly progress: Progress | null;
  readonly onCancel: () => void;
}) {
  const share =
    progress === null || progress.total === null || progress.total === 0
      ? null
      : Math.min(1, progress.done / progress.total);
  return (
    <div className="task-progress">
      <div className="task-progress-text">
        <span className="task-progress-label">{label}</span>
        <span className="muted">{describe(progress)}</span>
        <button
          type="button"
          className="icon-button"
          onClick={onCancel}
          aria-label={`Cancel ${label}`}
          title="Cancel"
        >
          <X size={14} aria-hidden />
        </button>
      </div>
      <progress aria-label={label} {...(share === null ? {} : { value: share })} max={1} />
    </div>
  );
}

function describe(progress: Progress | null): string {
  if (progress === null) return 'starting';
  const { stage, rate, unit, secondsLeft } = progress;
  const speed = rate === null ? '' : ` · ${formatCompact(rate)} ${unit}/s`;
  const left = secondsLeft === null || secondsLeft < 1 ? '' : ` · ${Math.ceil(secondsLeft)} s left`;
  return `${stage}${speed}${left}`;
}
