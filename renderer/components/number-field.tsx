import { useEffect, useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly testId?: string;
  readonly onChange: (value: number) => void;
}

/** A number that may be half typed: told on every valid value, put right when the field is left. */
export function NumberField({ label, value, min, max, step, testId, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  useEffect(
    () => setText((current) => (Number(current) === value && current !== '' ? current : String(value))),
    [value],
  );
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const isValid = Number.isFinite(number) && number >= min && number <= max;
  return (
    <input
      className="number-field"
      aria-label={label}
      aria-invalid={!isValid}
      inputMode="decimal"
      title={`${label}: ${min} to ${max}`}
      data-testid={testId}
      value={text}
      size={Math.max(4, text.length)}
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
        onChange(Math.min(max, Math.max(min, Number((number + direction * step).toPrecision(12)))));
      }}
      onBlur={() => setText(String(value))}
    />
  );
}
