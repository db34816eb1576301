import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Commission, Slippage } from '../../../shared/backtest/settings.ts';
import type { RunSpecInput, RunSummary, Series } from '../../../shared/contract/schemas.ts';
import type {
  ParameterDeclarations,
  ParameterValue,
  ParameterValues,
} from '../../../shared/strategy/parameters.ts';

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
  readonly riskFreeRate: number;
  readonly params: Readonly<Record<string, ParameterValues>>;
}

interface Setup extends Choices {
  readonly set: (change: Partial<Choices>) => void;
  readonly chooseStrategy: (strategyId: string) => void;
  readonly paramsOf: (strategyId: string) => ParameterValues;
  readonly setParam: (strategyId: string, name: string, value: ParameterValue) => void;
  readonly resetParams: (strategyId: string) => void;
  /** The chosen series, else the one that was run last, else the first. */
  readonly seriesOf: (series: readonly Series[], lastRun: RunSummary | undefined) => Series | undefined;
  /** The run as it is set up. */
  readonly spec: (strategyId: string, declared: ParameterDeclarations, series: Series) => RunSpecInput;
}

/** How the next run is set up; kept between sessions. */
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
      riskFreeRate: 0,
      params: {},
      set: (change) => set(change),
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
      spec: (strategyId, declared, { ticker, every }) => {
        const { from, to, cash, commission, slippage, riskFreeRate, params } = get();
        // Values of parameters that an edited strategy no longer declares are left behind.
        const values = Object.fromEntries(
          Object.entries(params[strategyId] ?? {}).filter(([name]) => name in declared),
        );
        return {
          strategy: strategyId,
          params: values,
          data: [{ ticker, every }],
          from: from === '' ? null : from,
          to: to === '' ? null : to,
          cash,
          commission,
          slippage,
          riskFreeRate,
        };
      },
    }),
    { name: 'hindsight.setup', version: 1 },
  ),
);
