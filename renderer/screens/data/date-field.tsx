import { useState } from 'react';
import { TextField } from '../../design/index.ts';

/** Midnight UTC of `YYYY-MM-DD`, NaN for anything else and for days that do not exist. */
export function dayStart(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.NaN;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time : Number.NaN;
}

/** A day as everywhere else in the app, year first, whatever the system's custom; empty is no day. */
export function DateField({
  value,
  onChange,
  testId,
}: {
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly testId?: string;
}) {
  const [text, setText] = useState(value);
  return (
    <TextField
      value={text}
      placeholder="YYYY-MM-DD"
      maxLength={10}
      className="date-field"
      testId={testId}
      invalid={text !== '' && Number.isNaN(dayStart(text))}
      onChange={(typed) => {
        setText(typed);
        if (typed === '' || !Number.isNaN(dayStart(typed))) onChange(typed);
      }}
    />
  );
}
