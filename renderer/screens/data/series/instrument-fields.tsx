import { useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import { describeFailure } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useCall } from '../../../components/use-call.ts';
import { Badge, Button, Combobox, Field, TextField } from '../../../design/index.ts';
import { currentClient } from '../../../state/connection.ts';

/** The exchange's calendar, currency and sector of a ticker: guessed until the user says otherwise. */
export function InstrumentFields({ ticker }: { readonly ticker: string }) {
  const [version, setVersion] = useState(0);
  const [failure, setFailure] = useState<PlainError | null>(null);
  const { data: instruments, error } = useCall(`instruments:${ticker}:${version}`, (client) =>
    client.data.instruments(),
  );
  const { data: calendars } = useCall('calendars', (client) => client.data.calendars());
  const found = instruments?.find((one) => one.ticker === ticker);
  if (found === undefined) return <ErrorNotice error={error} />;
  const change = (fields: { calendar?: string | null; currency?: string | null; sector?: string | null }) =>
    currentClient()
      .data.setInstrument({ ticker, ...fields })
      .then(
        () => {
          setFailure(null);
          setVersion((before) => before + 1);
        },
        (thrown) => setFailure(describeFailure(thrown)),
      );
  return (
    <div className="instrument">
      <ErrorNotice error={failure} />
      <Field
        label="Calendar"
        layout="row"
        help={
          <>
            <Badge tone={found.source === 'user' ? 'accent' : 'neutral'}>
              {found.source === 'user' ? 'you said so' : 'guessed'}
            </Badge>{' '}
            {found.why}
          </>
        }
      >
        <Combobox
          testId="instrument-calendar"
          value={found.calendar}
          items={(calendars ?? []).map(({ id, name, hours }) => ({
            value: id,
            label: `${id} ${name}`,
            hint: hours,
          }))}
          onChange={(calendar) => void change({ calendar })}
        />
        {found.source === 'user' && (
          <Button tone="quiet" onClick={() => void change({ calendar: null })}>
            Guess again
          </Button>
        )}
      </Field>
      <Field label="Currency" layout="row" help="ISO code of prices; GBX is pence.">
        <CodeField
          key={`currency ${found.currency}`}
          value={found.currency ?? ''}
          length={3}
          upper
          onChange={(currency) => void change({ currency: currency === '' ? null : currency })}
        />
      </Field>
      <Field label="Sector" layout="row">
        <CodeField
          key={`sector ${found.sector}`}
          value={found.sector ?? ''}
          length={60}
          onChange={(sector) => void change({ sector: sector === '' ? null : sector })}
        />
      </Field>
    </div>
  );
}

/** A short text that is told on Enter or when it is left. */
function CodeField({
  value,
  length,
  upper = false,
  onChange,
}: {
  readonly value: string;
  readonly length: number;
  readonly upper?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const tell = () => text.trim() !== value && onChange(text.trim());
  return (
    <TextField
      value={text}
      maxLength={length}
      onChange={(typed) => setText(upper ? typed.toUpperCase() : typed)}
      onBlur={tell}
      onKeyDown={(event) => event.key === 'Enter' && tell()}
    />
  );
}
