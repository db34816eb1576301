import { Check, FileInput, Plus, Trash2, Wand2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type {
  ActionImport,
  ActionProposal,
  Series,
  StoredAction,
} from '../../../../shared/contract/schemas.ts';
import { counted, formatNumber, formatPrice } from '../../../../shared/format/number.ts';
import { formatDate } from '../../../../shared/format/time.ts';
import { describeFailure } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useCall } from '../../../components/use-call.ts';
import {
  Badge,
  Button,
  DateField,
  Field,
  IconButton,
  NumberField,
  Select,
  toast,
  UNDO_MILLISECONDS,
} from '../../../design/index.ts';
import { currentClient, currentDoor, useConnection } from '../../../state/connection.ts';
import { dayStart } from '../day-start.ts';

/** Splits and dividends of the series' ticker: a dated table beside raw prices. */
export function ActionsTab({ series: { ticker } }: { readonly series: Series }) {
  const changes = useConnection((state) => state.actionChanges);
  const [failure, setFailure] = useState<PlainError | null>(null);
  const { data: actions, error } = useCall(`actions:${ticker}:${changes}`, (client) =>
    client.data.actions({ ticker }),
  );
  const attempt = (action: Promise<unknown>) =>
    action.then(
      () => setFailure(null),
      (thrown) => setFailure(describeFailure(thrown)),
    );
  const remove = (id: string) =>
    void attempt(
      currentClient()
        .data.removeAction({ id })
        .then((removed) =>
          toast({
            title: `${describe(removed)} of ${formatDate(removed.at)} removed`,
            milliseconds: UNDO_MILLISECONDS,
            action: { label: 'Undo', onClick: () => void attempt(currentClient().data.putAction(removed)) },
          }),
        ),
    );
  return (
    <div className="actions">
      <p className="muted">
        Prices are stored as they were. Charts, exports and runs apply these on reading; a run sees prices
        without splits and pays dividends on the ex-day.
      </p>
      <ErrorNotice error={failure ?? error} />
      {actions !== null && actions.length === 0 && <p>No splits or dividends of {ticker} are known.</p>}
      <ul className="action-list" aria-label={`Corporate actions of ${ticker}`}>
        {actions?.map((action) => (
          <li key={action.id} data-testid="action">
            <span className="numeric">{formatDate(action.at)}</span>
            <strong>{describe(action)}</strong>
            <span className="muted" title={action.note}>
              {action.source}
              {action.note !== '' && `: ${action.note}`}
            </span>
            <IconButton
              label={`Remove ${describe(action)} of ${formatDate(action.at)}`}
              icon={<Trash2 size={13} aria-hidden />}
              onClick={() => remove(action.id)}
            />
          </li>
        ))}
      </ul>
      <AddAction ticker={ticker} attempt={attempt} />
      <ActionFile ticker={ticker} attempt={attempt} />
      <Proposals key={`${ticker}:${changes}`} ticker={ticker} attempt={attempt} />
    </div>
  );
}

const describe = ({ kind, ratio, amount }: Pick<StoredAction, 'kind' | 'ratio' | 'amount'>) =>
  kind === 'split' ? `Split ${ratioText(ratio ?? 1)}` : `Dividend ${formatPrice(amount)}`;
const ratioText = (ratio: number) => (ratio >= 1 ? `${formatPrice(ratio)}:1` : `1:${formatPrice(1 / ratio)}`);

type Attempt = (action: Promise<unknown>) => Promise<void>;

function AddAction({ ticker, attempt }: { readonly ticker: string; readonly attempt: Attempt }) {
  const [day, setDay] = useState('');
  const [kind, setKind] = useState<'split' | 'dividend'>('split');
  const [value, setValue] = useState(2);
  const [added, setAdded] = useState(0);
  const at = dayStart(day);
  const isValid = !Number.isNaN(at) && (kind === 'dividend' || value !== 1);
  return (
    <form
      className="action-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isValid) return;
        void attempt(
          currentClient().data.putAction({
            ticker,
            at,
            kind,
            ratio: kind === 'split' ? value : null,
            amount: kind === 'dividend' ? value : null,
          }),
        ).then(() => {
          setDay('');
          setAdded((before) => before + 1);
        });
      }}
    >
      <Field label="Ex-day" unit="UTC">
        <DateField key={added} value={day} isOptional onChange={setDay} testId="action-day" />
      </Field>
      <Field label="Kind">
        <Select
          testId="action-kind"
          value={kind}
          options={[
            { value: 'split', label: 'split' },
            { value: 'dividend', label: 'dividend' },
          ]}
          onChange={setKind}
        />
      </Field>
      <Field label={kind === 'split' ? 'One becomes' : 'Per share'}>
        <NumberField
          label={kind === 'split' ? 'One becomes' : 'Per share'}
          testId="action-value"
          value={value}
          min={1e-6}
          max={1e6}
          onChange={setValue}
        />
      </Field>
      <Button
        type="submit"
        icon={<Plus size={14} aria-hidden />}
        disabled={!isValid}
        data-testid="action-add"
      >
        Add
      </Button>
    </form>
  );
}

function ActionFile({ ticker, attempt }: { readonly ticker: string; readonly attempt: Attempt }) {
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<ActionImport | null>(null);
  const read = (file: File) =>
    attempt(
      currentDoor()
        .giveFile(file)
        .then(({ fileId }) =>
          currentClient()
            .data.importActions({ fileId, ticker: null })
            // A file without tickers is about the one that is open.
            .catch(async (thrown) => {
              if (describeFailure(thrown).detail.field !== 'ticker') throw thrown;
              const again = await currentDoor().giveFile(file);
              return currentClient().data.importActions({ fileId: again.fileId, ticker });
            }),
        )
        .then(setOutcome),
    );
  return (
    <div className="action-file">
      <Button icon={<FileInput size={14} aria-hidden />} onClick={() => input.current?.click()}>
        Import a file of splits and dividends …
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="actions-file"
        accept=".csv,.txt,.gz"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) void read(file);
          currentTarget.value = '';
        }}
      />
      {outcome !== null && (
        <div data-testid="action-report">
          <p>
            {outcome.file}: {counted(outcome.linesRead, 'line')} = {formatNumber(outcome.added, 0)} added,{' '}
            {formatNumber(outcome.unchanged, 0)} known, {formatNumber(outcome.rejects.length, 0)} not taken (
            {outcome.layout})
          </p>
          {outcome.rejects.slice(0, 5).map(({ line, reason, text }) => (
            <p key={line} className="reject">
              line {line}: {reason} <code>{text}</code>
            </p>
          ))}
          {outcome.warnings.map((warning) => (
            <p key={warning} className="muted">
              {warning}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

const PROPOSALS: Readonly<Record<ActionProposal['kind'], string>> = {
  'missed-split': 'A split seems to be missing',
  'doubled-split': 'A split seems to be applied twice',
  'wrong-ratio': 'A ratio seems to be wrong',
};

function Proposals({ ticker, attempt }: { readonly ticker: string; readonly attempt: Attempt }) {
  const { data: proposals } = useCall(`proposals:${ticker}`, (client) =>
    client.data.proposeActions({ ticker }),
  );
  if (proposals === null || proposals.length === 0) return null;
  const accept = async ({ at, actionId, suggested }: ActionProposal) => {
    const client = currentClient();
    if (suggested === null) return actionId === null ? undefined : client.data.removeAction({ id: actionId });
    return client.data.putAction({
      ...(actionId === null ? {} : { id: actionId }),
      ticker,
      at,
      ...suggested,
      source: 'accepted proposal',
    });
  };
  return (
    <section aria-label="Proposals">
      <h3>
        <Wand2 size={14} aria-hidden /> What the bars suggest
      </h3>
      {proposals.map((proposal) => (
        <article key={`${proposal.kind} ${proposal.at}`} className="proposal" data-testid="proposal">
          <header>
            <strong>{PROPOSALS[proposal.kind]}</strong>{' '}
            <span className="numeric">
              {formatDate(proposal.at)}, {ratioText(proposal.ratio)}
            </span>{' '}
            <Badge tone={proposal.confidence >= 0.8 ? 'warning' : 'neutral'}>
              {formatNumber(proposal.confidence * 100, 0)} % sure
            </Badge>
          </header>
          <ul>
            {proposal.evidence.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <Button
            icon={<Check size={14} aria-hidden />}
            onClick={() => void attempt(accept(proposal))}
            data-testid="accept-proposal"
          >
            {proposal.suggested === null
              ? 'Remove the entry'
              : `${proposal.actionId === null ? 'Add' : 'Change to'} ${describe(proposal.suggested).toLowerCase()}`}
          </Button>
        </article>
      ))}
    </section>
  );
}
