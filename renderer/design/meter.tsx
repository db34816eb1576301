import { classNames } from './class-names.ts';
import './meter.css';

type Tone = 'ok' | 'warning' | 'danger' | 'neutral' | 'accent';

/** A value between 0 and 1 as a bar, with its words for those who hear it. */
export function Meter({
  label,
  value,
  text,
  tone = 'accent',
}: {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly tone?: Tone;
}) {
  const share = Math.min(1, Math.max(0, value));
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn in our colours
    <span
      className="meter"
      role="meter"
      aria-label={label}
      aria-valuenow={share}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuetext={text}
    >
      <span className={classNames('meter-fill', tone)} style={{ width: `${100 * share}%` }} />
    </span>
  );
}

export interface VerdictPart {
  readonly label: string;
  readonly count: number;
  readonly tone: Tone;
}

/** Parts of a whole in proportion, e.g. good, doubled and rejected lines; each part also differs by its pattern. */
export function VerdictBar({
  label,
  parts,
}: {
  readonly label: string;
  readonly parts: readonly VerdictPart[];
}) {
  const words = parts.map(({ label: text, count }) => `${count} ${text}`).join(', ');
  return (
    <div className="verdict-bar" role="img" aria-label={`${label}: ${words}`}>
      {parts
        .filter(({ count }) => count > 0)
        .map(({ label: text, count, tone }) => (
          <span
            key={text}
            className={classNames('verdict-part', tone)}
            style={{ flexGrow: count }}
            title={`${count} ${text}`}
          />
        ))}
    </div>
  );
}
