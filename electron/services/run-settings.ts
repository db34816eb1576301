import {
  type BrokerSettings,
  DEFAULT_SETTINGS,
  type InstrumentTerms,
} from '../../shared/backtest/settings.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { type RunSpec, RunSpecSchema } from '../../shared/contract/schemas.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';
import { firstInstant } from '../../shared/market/time-range.ts';
import type { FeedTask } from '../workers/tasks.ts';

type RunData = RunSpec['data'][number];
type RecordedActions = NonNullable<RunData['actions']>;

/** What of a run's specification the broker is told. */
export function brokerSettings(spec: RunSpec): BrokerSettings {
  const { cash, slippage, slippageSwitches, volumeLimit, fill, sameBar, sizer, marginCall } = spec;
  const { checkSubmit, shortCash } = spec;
  return {
    ...DEFAULT_SETTINGS,
    cash,
    terms: termsOf(spec),
    slippage,
    slippageSwitches,
    volumeLimit,
    fill,
    sameBar,
    sizer,
    marginCall,
    checkSubmit,
    shortCash,
  };
}

/** Corporate actions of an instrument by their instants. Throws bad-request for dates that do not exist. */
export function actionsOf(actions: RunData['actions']): CorporateAction[] {
  return (actions ?? []).map((action) => {
    const time = instantOf(action.at);
    return action.kind === 'split'
      ? { kind: 'split', time, ratio: action.ratio }
      : { kind: 'dividend', time, amount: action.amount };
  });
}

/** Actions of the library as a specification names them: what a manifest keeps, so that the run can be made again. */
export function recordedActions(actions: readonly CorporateAction[], last: number): RecordedActions {
  return actions
    .filter(({ time }) => time <= last)
    .map((action) => {
      const text = new Date(action.time).toISOString();
      const at = text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
      return action.kind === 'split'
        ? { kind: 'split', at, ratio: action.ratio }
        : { kind: 'dividend', at, amount: action.amount };
    });
}

/** What of a run's specification concerns one instrument. Throws bad-request for dates that do not exist. */
export function feedSettings(
  spec: RunSpec,
  data: RunSpec['data'][number],
): Pick<FeedTask, 'interval' | 'terms' | 'actions'> {
  return {
    interval: intervalMilliseconds(data.every),
    terms: { ...termsOf(spec), ...definedTerms(data) },
    actions: actionsOf(data.actions),
  };
}

const TERMS = ['commission', 'multiplier', 'margin', 'leverage', 'interest', 'borrowFee', 'tick'] as const;

function termsOf(spec: RunSpec): InstrumentTerms {
  const { commission, multiplier, margin, leverage, interest, borrowFee, tick } = spec;
  return { commission, multiplier, margin, leverage, interest, borrowFee, tick };
}

function definedTerms(data: RunSpec['data'][number]): Partial<InstrumentTerms> {
  return Object.fromEntries(
    TERMS.filter((name) => data[name] !== undefined).map((name) => [name, data[name]]),
  );
}

function instantOf(text: string): number {
  try {
    return firstInstant(text);
  } catch (thrown) {
    throw new AppError('bad-request', (thrown as RangeError).message, {
      field: 'actions',
      hint: 'Write dates as 2024-07-01.',
    });
  }
}

/** A manifest, or anything else that holds one, is a superset of a run specification: this takes that back out. */
export function specOf(manifest: RunSpec): RunSpec {
  const known = Object.keys(RunSpecSchema.shape);
  return RunSpecSchema.parse(
    Object.fromEntries(Object.entries(manifest).filter(([name]) => known.includes(name))),
  );
}
