import { X } from 'lucide-react';
import type { Progress } from '../../shared/contract/schemas.ts';
import { formatCompact } from '../../shared/format/number.ts';
import { IconButton } from '../design/index.ts';
import './task-progress.css';

/** Bar, stage, count, rate and time left of a long task, and its Cancel button. */
export function TaskProgress({
  label,
  progress,
  onCancel,
}: {
  readonly label: string;
  readonly progress: Progress | null;
  readonly onCancel: () => void;
}) {
  return (
    <div className="task-progress">
      <div className="task-progress-text">
        <span className="task-progress-label">{label}</span>
        <span className="muted">{describeProgress(progress)}</span>
        <IconButton label={`Cancel ${label}`} icon={<X size={14} aria-hidden />} onClick={onCancel} />
      </div>
      <ProgressBar label={label} progress={progress} />
    </div>
  );
}

/** The bar alone; it moves to and fro while the whole is unknown. */
export function ProgressBar({
  label,
  progress,
}: {
  readonly label: string;
  readonly progress: Progress | null;
}) {
  const share =
    progress === null || progress.total === null || progress.total === 0
      ? null
      : Math.min(1, progress.done / progress.total);
  return (
    <progress className="progress" aria-label={label} {...(share === null ? {} : { value: share })} max={1} />
  );
}

/** `running · 48 % · 1.2 M bars/s · 3 s left`. */
export function describeProgress(progress: Progress | null): string {
  if (progress === null) return 'starting';
  const { stage, done, total, rate, unit, secondsLeft } = progress;
  const share = total === null || total === 0 ? '' : ` · ${Math.floor((100 * done) / total)} %`;
  const speed = rate === null ? '' : ` · ${formatCompact(rate)} ${unit}/s`;
  const left = secondsLeft === null || secondsLeft < 1 ? '' : ` · ${Math.ceil(secondsLeft)} s left`;
  return `${stage}${share}${speed}${left}`;
}
