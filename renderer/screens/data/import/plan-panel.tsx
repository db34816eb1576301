import { Check, CircleHelp, History, UserRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type {
  Guess,
  ImportPreview,
  PlanOverrides,
  ReadingPlan,
} from '../../../../shared/contract/schemas.ts';
import { Badge, Button, Combobox, NumberField, Select, Switch, TextField } from '../../../design/index.ts';
import { changePlan, type PendingFile } from './pending.ts';
import {
  DATE_ORDERS,
  DECIMAL_MARKS,
  DELIMITERS,
  FIELD_LABELS,
  INTERVALS,
  ROLES,
  STAMPS,
  TIME_FORMATS,
  zoneItems,
} from './plan-labels.ts';

interface Props {
  readonly file: PendingFile;
  readonly preview: ImportPreview;
  readonly plan: ReadingPlan;
}

/** How the file is read: every guess with its reason, each open to another word of the user. */
export function PlanPanel({ file, preview, plan }: Props) {
  const order = { ask: 0, likely: 1, given: 2, remembered: 2, sure: 2 } as const;
  const guesses = [...preview.guesses].sort((a, b) => order[a.certainty] - order[b.certainty]);
  return (
    <section className="plan" aria-label="How the file is read">
      <h2>How it is read</h2>
      {guesses.map((guess) => (
        <GuessRow key={guess.field} guess={guess} file={file} plan={plan} />
      ))}
    </section>
  );
}

const CERTAINTY: Readonly<
  Record<Guess['certainty'], { text: string; tone: 'warning' | 'neutral' | 'accent' | 'ok'; icon: ReactNode }>
> = {
  ask: { text: 'please say', tone: 'warning', icon: <CircleHelp size={11} aria-hidden /> },
  likely: { text: 'likely', tone: 'neutral', icon: null },
  sure: { text: 'sure', tone: 'ok', icon: <Check size={11} aria-hidden /> },
  given: { text: 'you said so', tone: 'accent', icon: <UserRound size={11} aria-hidden /> },
  remembered: { text: 'as last time', tone: 'accent', icon: <History size={11} aria-hidden /> },
};

function GuessRow({ guess, file, plan }: { guess: Guess; file: PendingFile; plan: ReadingPlan }) {
  const { field, certainty, why, value } = guess;
  const { text, tone, icon } = CERTAINTY[certainty];
  const isGiven = field in file.plan;
  return (
    <div className="guess" data-testid={`guess-${field}`} data-certainty={certainty}>
      <div className="guess-head">
        <span className="guess-label">{FIELD_LABELS[field]}</span>
        <Badge tone={tone} icon={icon}>
          {text}
        </Badge>
      </div>
      <div className="guess-control">
        <Control guess={guess} file={file} plan={plan} />
        {certainty === 'ask' && field !== 'columns' && plan[field] !== null && (
          <Button
            onClick={() => changePlan(file.id, { [field]: plan[field] } as PlanOverrides)}
            data-testid={`confirm-${field}`}
          >
            {value} is right
          </Button>
        )}
        {isGiven && (
          <Button tone="quiet" onClick={() => changePlan(file.id, { [field]: undefined })}>
            Take back
          </Button>
        )}
      </div>
      <p className="guess-why">{why}</p>
    </div>
  );
}

function Control({ guess, file, plan }: { guess: Guess; file: PendingFile; plan: ReadingPlan }) {
  const { field, value } = guess;
  const label = FIELD_LABELS[field];
  const put = (change: PlanOverrides) => changePlan(file.id, change);
  const testId = `plan-${field}`;
  switch (field) {
    case 'delimiter':
      return (
        <Select
          label={label}
          testId={testId}
          value={plan.delimiter}
          options={DELIMITERS}
          onChange={(delimiter) => put({ delimiter })}
        />
      );
    case 'decimalMark':
      return (
        <Select
          label={label}
          testId={testId}
          value={plan.decimalMark}
          options={DECIMAL_MARKS}
          onChange={(decimalMark) => put({ decimalMark })}
        />
      );
    case 'timeFormat':
      return (
        <Select
          label={label}
          testId={testId}
          value={plan.timeFormat}
          options={TIME_FORMATS}
          onChange={(timeFormat) => put({ timeFormat })}
        />
      );
    case 'dateOrder':
      return (
        <Select
          label={label}
          testId={testId}
          value={plan.dateOrder}
          options={DATE_ORDERS}
          onChange={(dateOrder) => put({ dateOrder })}
        />
      );
    case 'stamp':
      return (
        <Select
          label={label}
          testId={testId}
          value={plan.stamp}
          options={STAMPS}
          onChange={(stamp) => put({ stamp })}
        />
      );
    case 'zone':
      return (
        <Combobox
          label={label}
          testId={testId}
          value={plan.zone}
          items={zoneItems(plan.zone)}
          onChange={(zone) => put({ zone })}
        />
      );
    case 'every':
      return (
        <Select
          label={label}
          testId={testId}
          value={plan.every ?? ''}
          options={[...new Set(['', ...INTERVALS, ...(plan.every === null ? [] : [plan.every])])].map(
            (every) => ({ value: every, label: every === '' ? 'as the times tell' : every }),
          )}
          onChange={(every) => put({ every: every === '' ? null : every })}
        />
      );
    case 'hasHeading':
      return (
        <Switch
          label={plan.hasHeading ? 'yes' : 'no'}
          testId={testId}
          checked={plan.hasHeading}
          onChange={(hasHeading) => put({ hasHeading })}
        />
      );
    case 'ticker':
      return (
        <TickerField
          key={plan.ticker}
          ticker={plan.ticker ?? ''}
          placeholder={value}
          onChange={(ticker) => put({ ticker })}
        />
      );
    case 'priceDivisor':
      return (
        <NumberField
          label={label}
          testId={testId}
          value={plan.priceDivisor}
          min={1e-9}
          max={1e12}
          onChange={(priceDivisor) => put({ priceDivisor })}
        />
      );
    case 'columns':
      return <Columns file={file} plan={plan} />;
    default:
      return <span>{value}</span>;
  }
}

function Columns({ file, plan }: { readonly file: PendingFile; readonly plan: ReadingPlan }) {
  return (
    <div className="plan-columns">
      {plan.columns.map(({ name, role }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
        <div key={index} className="plan-column">
          <span title={name}>{name}</span>
          <Select
            label={`Column ${name}`}
            testId={`role-${index}`}
            value={role}
            options={ROLES}
            onChange={(next) =>
              changePlan(file.id, {
                columns: plan.columns.map((column, at) =>
                  at === index ? { ...column, role: next } : column,
                ),
              })
            }
          />
        </div>
      ))}
    </div>
  );
}

/** Told when it is left or on Enter: half a ticker is none. */
function TickerField({
  ticker,
  placeholder,
  onChange,
}: {
  readonly ticker: string;
  readonly placeholder: string;
  readonly onChange: (ticker: string) => void;
}) {
  const [text, setText] = useState(ticker);
  const tell = () => {
    const typed = text.trim();
    if (typed !== '' && typed !== ticker) onChange(typed);
  };
  return (
    <TextField
      label={FIELD_LABELS.ticker}
      testId="plan-ticker"
      value={text}
      placeholder={placeholder}
      maxLength={32}
      onChange={setText}
      onBlur={tell}
      onKeyDown={(event) => event.key === 'Enter' && tell()}
    />
  );
}
