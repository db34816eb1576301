import { ChartCandlestick, Check, Eraser } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type { HealthPart, HealthReport, Series, Suspect } from '../../../../shared/contract/schemas.ts';
import { counted, formatNumber } from '../../../../shared/format/number.ts';
import { formatMinute } from '../../../../shared/format/time.ts';
import { describeFailure } from '../../../api/errors.ts';
import { DataTable, type TableColumn } from '../../../components/data-table.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Button, MenuItem, Meter, Select, toast, UNDO_MILLISECONDS } from '../../../design/index.ts';
import { currentClient } from '../../../state/connection.ts';
import { useNavigation } from '../../../state/navigation.ts';
import { type ShownZone, useShownZone } from '../../../state/zone.ts';
import { scoreTone } from '../score-tone.ts';

type Kind = Suspect['kind'];

const suspectColumns = (
  labels: ReadonlyMap<Kind, string>,
  { zone, label }: ShownZone,
): readonly TableColumn<Suspect>[] => [
  {
    key: 'kind',
    title: 'Suspect',
    width: '104px',
    cell: ({ kind, isReviewed }) => (
      <span className={isReviewed ? 'muted' : ''}>{labels.get(kind) ?? kind}</span>
    ),
  },
  {
    key: 'from',
    title: `From, ${label}`,
    width: '122px',
    cell: ({ from }) => formatMinute(from, zone),
  },
  {
    key: 'detail',
    title: 'What is seen',
    width: 'minmax(170px, 1fr)',
    cell: ({ detail, isReviewed }) => (
      <span className={isReviewed ? 'muted' : ''} title={detail}>
        {isReviewed ? `in order: ${detail}` : detail}
      </span>
    ),
  },
];

const keyOf = ({ kind, from, to }: Suspect) => `${kind} ${from} ${to}`;

const suspectProps = ({ kind, isReviewed }: Suspect) => ({
  'data-testid': 'suspect',
  'data-kind': kind,
  'data-reviewed': String(isReviewed),
});

/** The score with its parts, and every suspect with what can be done about it. */
export function HealthTab({
  series,
  health,
}: {
  readonly series: Series;
  readonly health: HealthReport | null;
}) {
  if (health === null) return <p className="muted">The bars are being looked at …</p>;
  return (
    <div className="health">
      <div className="health-score-line" title={health.convention}>
        <strong className={`health-large ${scoreTone(health.score)}`} data-testid="health-score">
          {formatNumber(health.score, 0)}
        </strong>
        <span className="muted">
          of 100, against the calendar {health.calendar}. {health.convention}
        </span>
      </div>
      <ul className="health-parts">
        {health.parts.map((part) => (
          <Part key={part.id} part={part} />
        ))}
      </ul>
      <Suspects series={series} health={health} />
    </div>
  );
}

function Part({ part }: { readonly part: HealthPart }) {
  return (
    <li title={part.convention}>
      <span>{part.label}</span>
      <Meter
        label={part.label}
        value={part.score / 100}
        text={`${formatNumber(part.score, 0)} of 100`}
        tone={scoreTone(part.score)}
      />
      <span className="numeric">{part.count === 0 ? 'none' : formatNumber(part.count, 0)}</span>
    </li>
  );
}

function Suspects({ series, health }: { readonly series: Series; readonly health: HealthReport }) {
  const { openChart } = useNavigation();
  const [kind, setKind] = useState<Kind | 'all'>('all');
  // By what it is, not by its place: a suspect that was reviewed moves.
  const [selectedKey, setSelectedKey] = useState<string | null>(null);
  const [failure, setFailure] = useState<PlainError | null>(null);
  const labels = useMemo(() => new Map(health.parts.map(({ id, label }) => [id, label])), [health.parts]);
  const zone = useShownZone(series.ticker, series.every);
  const columns = useMemo(() => suspectColumns(labels, zone), [labels, zone]);
  const shown = useMemo(
    () => health.suspects.filter((suspect) => kind === 'all' || suspect.kind === kind),
    [health.suspects, kind],
  );
  if (health.suspects.length === 0) return <p className="ok">Nothing suspicious was found.</p>;
  const attempt = (action: Promise<unknown>) =>
    action.then(
      () => setFailure(null),
      (thrown) => setFailure(describeFailure(thrown)),
    );
  const review = ({ kind, from, to, isReviewed }: Suspect) =>
    void attempt(
      currentClient().data.reviewSuspect({ seriesId: series.id, kind, from, to, isFine: !isReviewed }),
    );
  const drop = (suspect: Suspect) =>
    void attempt(
      currentClient()
        .data.dropBars({
          seriesId: series.id,
          from: suspect.from,
          to: suspect.to,
          reason: `${labels.get(suspect.kind)}: ${suspect.detail}`.slice(0, 200),
        })
        .then(({ importId, droppedBars }) =>
          toast({
            title: `${counted(droppedBars, 'bar')} of ${series.ticker} taken out`,
            milliseconds: UNDO_MILLISECONDS,
            action: {
              label: 'Undo',
              onClick: () => void attempt(currentClient().data.undoImport({ importId, isImmediate: true })),
            },
          }),
        ),
    );
  const found = shown.findIndex((suspect) => keyOf(suspect) === selectedKey);
  const selected = shown.length === 0 ? -1 : Math.max(0, found);
  const chosen = shown[selected];
  const isDroppable = (suspect: Suspect) => suspect.kind !== 'gap' && suspect.kind !== 'missing-session';
  return (
    <>
      <div className="suspects-head">
        <h3>{counted(health.suspectCount, 'suspect')}</h3>
        <Select
          label="Kind of suspect"
          testId="suspect-kind"
          value={kind}
          options={[
            { value: 'all' as const, label: 'all kinds' },
            ...health.parts
              .filter(({ id }) => health.suspects.some((suspect) => suspect.kind === id))
              .map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(next) => {
            setKind(next);
            setSelectedKey(null);
          }}
        />
      </div>
      <ErrorNotice error={failure} />
      <div className="suspects">
        <DataTable
          label={`Suspects of ${series.ticker}`}
          storageKey="suspects"
          columns={columns}
          count={shown.length}
          row={(index) => shown[index] ?? null}
          rowProps={suspectProps}
          selected={selected}
          onSelect={(index) => setSelectedKey(keyOf(shown[index]!))}
          onOpen={(index) => openChart(series.id, shown[index]!.from)}
          rowMenu={(index) => (
            <SuspectMenu
              suspect={shown[index]!}
              onOpen={() => openChart(series.id, shown[index]!.from)}
              onReview={() => review(shown[index]!)}
              onDrop={isDroppable(shown[index]!) ? () => drop(shown[index]!) : null}
            />
          )}
          empty="None of this kind."
        />
      </div>
      {chosen !== undefined && (
        <div className="suspect-actions">
          <p title={chosen.detail}>{chosen.detail}</p>
          <div className="row-actions">
            <Button
              icon={<ChartCandlestick size={14} aria-hidden />}
              keys="Enter"
              onClick={() => openChart(series.id, chosen.from)}
            >
              Show
            </Button>
            <Button
              icon={<Check size={14} aria-hidden />}
              onClick={() => review(chosen)}
              data-testid="review-suspect"
            >
              {chosen.isReviewed ? 'Not in order after all' : 'Is in order'}
            </Button>
            {isDroppable(chosen) && (
              <Button
                icon={<Eraser size={14} aria-hidden />}
                onClick={() => drop(chosen)}
                data-testid="drop-bars"
              >
                Take the bars out
              </Button>
            )}
          </div>
        </div>
      )}
    </>
  );
}

function SuspectMenu({
  suspect,
  onOpen,
  onReview,
  onDrop,
}: {
  readonly suspect: Suspect;
  readonly onOpen: () => void;
  readonly onReview: () => void;
  readonly onDrop: (() => void) | null;
}) {
  return (
    <>
      <MenuItem icon={<ChartCandlestick size={14} aria-hidden />} keys="Enter" onSelect={onOpen}>
        Show on the chart
      </MenuItem>
      <MenuItem icon={<Check size={14} aria-hidden />} onSelect={onReview}>
        {suspect.isReviewed ? 'Not in order after all' : 'Is in order'}
      </MenuItem>
      {onDrop !== null && (
        <MenuItem icon={<Eraser size={14} aria-hidden />} onSelect={onDrop}>
          Take the bars out
        </MenuItem>
      )}
    </>
  );
}
