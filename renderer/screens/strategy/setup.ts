import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import {
  type Commission,
  DEFAULT_SETTINGS,
  DEFAULT_TERMS,
  type FillTiming,
  type InstrumentTerms,
  type MarginCall,
  type SameBarPolicy,
  type Sizer,
  type Slippage,
  type SlippageSwitches,
  type VolumeLimit,
} from '../../../shared/backtest/settings.ts';
import type { RunSpecInput, RunSummary, Series } from '../../../shared/contract/schemas.ts';
import type {
  ParameterDeclarations,
  ParameterValue,
  ParameterValues,
} from '../../../shared/strategy/parameters.ts';
import { keepWithWorkspace, workspaceStorage } from '../../state/workspace-storage.ts';

/** What the panel behind "More" sets. */
export interface MoreSettings extends Omit<InstrumentTerms, 'commission'> {
  readonly slippageSwitches: SlippageSwitches;
  readonly volumeLimit: VolumeLimit;
  readonly sizer: Sizer;
  readonly marginCall: MarginCall;
  readonly checkSubmit: boolean;
  readonly shortCash: boolean;
  /** Ids of further series on the same account. */
  readonly otherSeries: readonly string[];
  /** A ticker. */
  readonly benchmark: string | null;
  /** `end` empty: the whole day. */
  readonly session: { readonly end: string; readonly zone: string };
}

const { commission: _, ...NO_TERMS } = DEFAULT_TERMS;
const PLAIN: MoreSettings = {
  ...NO_TERMS,
  slippageSwitches: DEFAULT_SETTINGS.slippageSwitches,
  volumeLimit: DEFAULT_SETTINGS.volumeLimit,
  sizer: DEFAULT_SETTINGS.sizer,
  marginCall: DEFAULT_SETTINGS.marginCall,
  checkSubmit: true,
  shortCash: true,
  otherSeries: [],
  benchmark: null,
  session: { end: '', zone: 'UTC' },
};

interface Choices {
  readonly strategyId: string | null;
  /** Series id; the first of the library when it is gone. */
  readonly seriesId: string | null;
  /** Dates `2024-07-01`, empty for all. */
  readonly from: string;
  readonly to: string;
  readonly cash: number;
  readonly commission: Commission;
  readonly slippage: Slippage;
  readonly fill: FillTiming;
  readonly sameBar: SameBarPolicy;
  readonly more: MoreSettings;
  readonly riskFreeRate: number;
  readonly params: Readonly<Record<string, ParameterValues>>;
}

interface Setup extends Choices {
  readonly set: (change: Partial<Choices>) => void;
  readonly setMore: (change: Partial<MoreSettings>) => void;
  readonly chooseStrategy: (strategyId: string) => void;
  readonly paramsOf: (strategyId: string) => ParameterValues;
  readonly setParam: (strategyId: string, name: string, value: ParameterValue) => void;
  readonly resetParams: (strategyId: string) => void;
  /** The chosen series, else the one that was run last, else the first. */
  readonly seriesOf: (series: readonly Series[], lastRun: RunSummary | undefined) => Series | undefined;
  /** The run as it is set up. */
  readonly spec: (
    strategyId: string,
    declared: ParameterDeclarations,
    series: Series,
    all: readonly Series[],
  ) => RunSpecInput;
}

/** How the next run is set up; kept with the workspace. */
export const useSetup = create<Setup>()(
  persist(
    (set, get) => ({
      strategyId: null,
      seriesId: null,
      from: '',
      to: '',
      cash: 100_000,
      commission: { kind: 'percent', rate: 0.0005 },
      slippage: { kind: 'percent', rate: 0.0001 },
      fill: 'next-open',
      sameBar: 'pessimistic',
      more: PLAIN,
      riskFreeRate: 0,
      params: {},
      set: (change) => set(change),
      setMore: (change) => set(({ more }) => ({ more: { ...more, ...change } })),
      chooseStrategy: (strategyId) => set({ strategyId }),
      paramsOf: (strategyId) => get().params[strategyId] ?? {},
      setParam: (strategyId, name, value) =>
        set(({ params }) => ({
          params: { ...params, [strategyId]: { ...params[strategyId], [name]: value } },
        })),
      resetParams: (strategyId) => set(({ params }) => ({ params: { ...params, [strategyId]: {} } })),
      seriesOf: (series, lastRun) =>
        series.find(({ id }) => id === get().seriesId) ??
        series.find(({ ticker, every }) => ticker === lastRun?.tickers[0] && every === lastRun.every) ??
        series[0],
      spec: (strategyId, declared, series, all) => {
        const { from, to, cash, commission, slippage, fill, sameBar, more, riskFreeRate, params } = get();
        const { otherSeries, session, ...settings } = more;
        // Values of parameters that an edited strategy no longer declares are left behind.
        const values = Object.fromEntries(
          Object.entries(params[strategyId] ?? {}).filter(([name]) => name in declared),
        );
        const others = all.filter(({ id }) => id !== series.id && otherSeries.includes(id));
        const ownSession = session.end === '' ? {} : { session };
        return {
          strategy: strategyId,
          params: values,
          data: [series, ...others].map(({ ticker, every }) => ({ ticker, every, ...ownSession })),
          from: from === '' ? null : from,
          to: to === '' ? null : to,
          cash,
          commission,
          slippage,
          fill,
          sameBar,
          ...settings,
          riskFreeRate,
        };
      },
    }),
    {
      name: 'setup',
      version: 2,
      storage: workspaceStorage(),
      skipHydration: true,
      // What an older version kept still holds; what it did not know begins with the defaults.
      migrate: (kept) => kept as Setup,
      merge: (kept, fresh) => {
        const known = kept as Partial<Choices> | undefined;
        return { ...fresh, ...known, more: { ...PLAIN, ...(known?.more ?? fresh.more) } };
      },
    },
  ),
);
keepWithWorkspace(useSetup);
