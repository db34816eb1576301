import type { Trust } from '../contract/schemas.ts';
import { formatNumber, formatSigned } from './number.ts';

/** One item of the trust strip: what it says, how good that is, and what is behind it. */
export interface TrustItem {
  readonly id: 'leak' | 'data' | 'same-bar' | 'costs' | 'trials' | 'unseen';
  readonly label: string;
  readonly value: string;
  /** `unknown`: not tested, or nothing to say. */
  readonly state: 'good' | 'warning' | 'bad' | 'unknown';
  /** What the item means, in a sentence or two. */
  readonly meaning: string;
  readonly evidence: readonly (readonly [label: string, value: string])[];
}

const percent = (share: number, decimals = 0) => `${formatNumber(100 * share, decimals)} %`;
const count = (value: number) => formatNumber(value, 0);

/** The six items, in the order in which they are shown. */
export function trustItems(trust: Trust): TrustItem[] {
  return [leak(trust), data(trust), sameBar(trust), costs(trust), trials(trust), unseen(trust)];
}

function leak({ leakTest: { outcome, cuts, detail } }: Trust): TrustItem {
  const values = {
    clean: 'none found',
    leak: 'READS AHEAD',
    failed: 'not testable',
    'not-run': 'not tested',
  };
  const states = { clean: 'good', leak: 'bad', failed: 'warning', 'not-run': 'unknown' } as const;
  return {
    id: 'leak',
    label: 'Look-ahead',
    value: values[outcome],
    state: states[outcome],
    meaning:
      'The data were cut off at several places and the strategy run again: decisions of before the cut must not change.',
    evidence: [
      ['Cuts', count(cuts)],
      ['Outcome', detail ?? (outcome === 'clean' ? 'every past decision stayed as it was' : '–')],
      ['More cuts', 'hindsight backtest … --leak-test'],
    ],
  };
}

/** Below these, the bars are sick enough to say so, and too sick to believe what was earned on them. */
const SOUND_HEALTH = 90;
const SICK_HEALTH = 50;

function data({ data: found }: Trust): TrustItem {
  const { bars, missingPrices, withoutVolume, gaps, missingBars, jumps } = found;
  const { health, suspects, suspectTrades, suspectNet } = found;
  return {
    id: 'data',
    label: 'Data',
    ...(health === null ? withoutHealth(found) : withHealth({ ...found, health })),
    meaning: 'What the bars of the run lack: gaps and bad prices make profits that nobody could have had.',
    evidence: [
      ['Health over the run’s range', health === null ? 'not known' : `${formatNumber(health, 1)} of 100`],
      ['Suspects inside the range', health === null ? 'not known' : count(suspects)],
      [
        'Trades entered or left on bars of suspects',
        suspectNet === null
          ? 'not known'
          : `${count(suspectTrades)}, net profit ${formatSigned(suspectNet, 2)}`,
      ],
      ['Bars', count(bars)],
      ['Bars without a price', count(missingPrices)],
      ['Bars without volume', count(withoutVolume)],
      ['Gaps inside a day', `${count(gaps)} (${count(missingBars)} bars)`],
      ['Closes more than 10 % from the one before', count(jumps)],
    ],
  };
}

type Said = Pick<TrustItem, 'value' | 'state'>;

function withHealth(data: Trust['data'] & { readonly health: number }): Said {
  const { health, suspects, suspectTrades, suspectNet, missingPrices } = data;
  const score = `health ${formatNumber(health, 0)}`;
  const value =
    suspectTrades > 0
      ? `${formatSigned(suspectNet!, 0)} on doubtful bars`
      : suspects > 0
        ? `${score}, ${count(suspects)} ${suspects === 1 ? 'suspect' : 'suspects'}`
        : score;
  const isDoubtful = health < SOUND_HEALTH || suspectTrades > 0 || missingPrices > 0;
  return { value, state: health < SICK_HEALTH ? 'bad' : isDoubtful ? 'warning' : 'good' };
}

/** Runs of before series had a health, and bars that a run brings itself. */
function withoutHealth({ bars, missingPrices, gaps, missingBars, jumps }: Trust['data']): Said {
  const ill = missingPrices + jumps;
  const share = bars === 0 ? 0 : missingBars / (bars + missingBars);
  return {
    value: ill > 0 ? `${count(ill)} doubtful bars` : gaps > 0 ? `${percent(share, 1)} missing` : 'complete',
    state: ill > 0 || share > 0.05 ? 'warning' : 'good',
  };
}

function sameBar({ ambiguous: { bars, worst, best } }: Trust): TrustItem {
  const range =
    worst === null || best === null ? null : `${formatSigned(worst, 0)} … ${formatSigned(best, 0)}`;
  const changesSign = worst !== null && best !== null && worst < 0 && best > 0;
  return {
    id: 'same-bar',
    label: 'Stop or target first',
    value: bars === 0 ? 'never in doubt' : `${count(bars)} bars in doubt`,
    state: bars === 0 ? 'good' : changesSign ? 'bad' : 'warning',
    meaning:
      'Bars that held both the stop and the target, or the exit of their own entry, and do not tell which came first. The range is the net profit had they all gone wrong, or right.',
    evidence: [
      ['Bars in doubt', count(bars)],
      ['Net profit, worst … best', range ?? 'not in doubt'],
    ],
  };
}

function costs({ costShare, cheats }: Trust): TrustItem {
  return {
    id: 'costs',
    label: 'Costs',
    value: cheats ? 'fills cheat' : costShare === null ? '–' : `${percent(costShare)} of gross`,
    state: cheats
      ? 'bad'
      : costShare === null
        ? 'unknown'
        : costShare === 0
          ? 'warning'
          : costShare > 0.5
            ? 'warning'
            : 'good',
    meaning:
      'Commission, slippage, interest and fees as a share of all gross profits and losses. None at all is as doubtful as most of it.',
    evidence: [
      ['Share of gross results', costShare === null ? 'no trades' : percent(costShare, 1)],
      ['Market orders know their price in advance', cheats ? 'yes: a cheating fill setting' : 'no'],
    ],
  };
}

function trials({ trials: runs, deflatedSharpe }: Trust): TrustItem {
  const probability = deflatedSharpe === null ? 'not enough data' : percent(deflatedSharpe);
  return {
    id: 'trials',
    label: 'Trials',
    value: runs === 1 ? 'first run' : `${count(runs)} runs`,
    state: deflatedSharpe === null ? 'unknown' : deflatedSharpe >= 0.95 ? 'good' : 'warning',
    meaning:
      'How often this strategy has been run here. The more variants were tried, the better the best of them looks by chance alone: the deflated Sharpe ratio takes that off.',
    evidence: [
      ['Runs of this strategy, this one included', count(runs)],
      ['Deflated Sharpe ratio (probability that it is above chance)', probability],
    ],
  };
}

function unseen({ unseenShare }: Trust): TrustItem {
  return {
    id: 'unseen',
    label: 'New data',
    value: percent(unseenShare),
    state: unseenShare > 0.2 ? 'good' : 'warning',
    meaning:
      'Share of the bars that lie after every bar that an earlier run of this strategy has seen: out of sample.',
    evidence: [['Bars that no earlier run has seen', percent(unseenShare, 1)]],
  };
}
