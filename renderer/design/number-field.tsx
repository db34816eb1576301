import { Input } from '@base-ui/react/input';
import { useEffect, useState } from 'react';
import { classNames } from './class-names.ts';
import './field.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** What an arrow key adds; with Shift ten times that. */
  readonly step?: number;
  readonly unit?: string;
  readonly testId?: string | undefined;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly onChange: (value: number) => void;
}

/** A number that may be half typed: told on every valid value, put right when the field is left. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, min, max, step, unit, testId, disabled, className, onChange } = props;
  const [text, setText] = useState(String(value));
  useEffect(
    () => setText((current) => (Number(current) === value && current !== '' ? current : String(value))),
    [value],
  );
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const isValid = Number.isFinite(number) && number >= min && number <= max;
  return (
    <span className={classNames('field-box', 'number', className)}>
      <Input
        aria-label={label}
        aria-invalid={!isValid}
        inputMode="decimal"
        title={`${label}: ${min} to ${max}`}
        data-testid={testId}
        disabled={disabled ?? false}
        value={text}
        style={{ width: `${Math.max(4, text.length) + 0.5}ch` }}
        onChange={({ target }) => {
          setText(target.value);
          const typed = Number(target.value);
          if (target.value.trim() !== '' && Number.isFinite(typed) && typed >= min && typed <= max)
            onChange(typed);
        }}
        onKeyDown={(event) => {
          const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (direction === undefined || step === undefined || !isValid) return;
          event.preventDefault();
          const by = direction * step * (event.shiftKey ? 10 : 1);
          onChange(Math.min(max, Math.max(min, Number((number + by).toPrecision(12)))));
        }}
        onBlur={() => setText(String(value))}
      />
      {unit !== undefined && <span className="field-unit">{unit}</span>}
    </span>
  );
}
