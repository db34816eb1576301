import { Slider as Base } from '@base-ui/react/slider';
import './slider.css';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
  /** Once, when the handle is let go. */
  readonly onCommit?: (value: number) => void;
  readonly testId?: string | undefined;
}

/** A number by feel: arrows step, Page keys leap, Home and End go to the ends. */
export function Slider({ label, value, min, max, step = 1, onChange, onCommit, testId }: SliderProps) {
  return (
    <Base.Root
      className="slider"
      value={Math.min(max, Math.max(min, value))}
      min={min}
      max={max}
      step={step}
      largeStep={Math.max(step, (max - min) / 10)}
      thumbAlignment="edge"
      onValueChange={(next) => onChange(next as number)}
      onValueCommitted={(next) => onCommit?.(next as number)}
      data-testid={testId}
    >
      <Base.Control className="slider-control">
        <Base.Track className="slider-track">
          <Base.Indicator className="slider-range" />
          <Base.Thumb className="slider-thumb" aria-label={label} />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
