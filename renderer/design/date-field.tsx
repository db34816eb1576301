import { Input } from '@base-ui/react/input';
import { useEffect, useState } from 'react';
import { classNames } from './class-names.ts';
import './field.css';

interface DateFieldProps {
  /** Its name for those who hear it; inside a Field the field's label does. */
  readonly label?: string;
  /** `2024-03-08`. */
  readonly value: string;
  /** Empty is no day. */
  readonly isOptional?: boolean;
  readonly min?: string;
  readonly max?: string;
  readonly onChange: (date: string) => void;
  readonly testId?: string | undefined;
  readonly className?: string;
}

const DAY = 86_400_000;
const instant = (date: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);
/** February 30 is no date, though it parses as one in some engines. */
const isDate = (text: string) => Number.isFinite(instant(text)) && dateOf(instant(text)) === text;

/** A day as it is written everywhere in the app, year first; arrows step by a day, with Shift by a month of 30. */
export function DateField(props: DateFieldProps) {
  const { label, value, isOptional = false, min, max, onChange, testId, className } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const isInside = (date: string) =>
    date === ''
      ? isOptional
      : isDate(date) && (min === undefined || date >= min) && (max === undefined || date <= max);
  const range = min !== undefined && max !== undefined ? `${min} to ${max}` : undefined;
  return (
    <span className={classNames('field-box', 'date', className)}>
      <Input
        {...(label === undefined ? {} : { 'aria-label': label })}
        aria-invalid={!isInside(text)}
        title={range}
        placeholder="2024-03-08"
        inputMode="numeric"
        data-testid={testId}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (isInside(target.value)) onChange(target.value);
        }}
        onKeyDown={(event) => {
          const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (direction === undefined || !isDate(text)) return;
          event.preventDefault();
          const next = dateOf(instant(text) + direction * DAY * (event.shiftKey ? 30 : 1));
          if (isInside(next)) onChange(next);
        }}
        onBlur={() => setText(value)}
      />
    </span>
  );
}

interface TimeFieldProps {
  readonly label: string;
  /** `16:30`, or empty. */
  readonly value: string;
  readonly onChange: (time: string) => void;
}

/** A time of day on a 24-hour clock; may be left empty. */
export function TimeField({ label, value, onChange }: TimeFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const isTime = (given: string) => given === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(given);
  return (
    <span className="field-box time">
      <Input
        aria-label={label}
        aria-invalid={!isTime(text)}
        placeholder="16:30"
        inputMode="numeric"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (isTime(target.value)) onChange(target.value);
        }}
        onBlur={() => setText(value)}
      />
    </span>
  );
}
