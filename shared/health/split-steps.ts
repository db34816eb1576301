import type { SessionBars } from './session-bars.ts';

/** A step of the price from one session to the next that looks like a split, or is as large as one. */
export interface SplitStep {
  /** Number of the session that begins after the step. */
  readonly session: number;
  /** The close before over the open after: one share became so many. */
  readonly ratio: number;
  /** The plain ratio that it comes near to; null: none, as with a spin-off or a special dividend. */
  readonly plainRatio: number | null;
  /** The step in usual daily moves (median absolute move as a standard deviation). */
  readonly deviations: number;
  /** Turnover of the session (volume times close) over the median of those before; NaN without volumes. */
  readonly turnover: number;
  /** Median volume of the sessions behind over the median of those before; NaN without volumes. */
  readonly volumeRatio: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Ratios of splits as they are made; reverse splits are one over a whole number. */
const FORWARD = [1.25, 4 / 3, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 50];
const REVERSE = [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50];
const RATIOS = [...FORWARD, ...REVERSE.map((count) => 1 / count)];

const DAY = 86_400_000;
const AROUND = 20;
const FEWEST_MOVES = 10;
const MAD_TO_DEVIATION = 1.4826;
/** Fewest usual moves that a step is long: with a plain ratio, and with any. */
const LEAST_DEVIATIONS = 8;
const LEAST_DEVIATIONS_UNPLAIN = 15;
/** A step of news comes with many times the usual turnover; a split changes the number of shares, not what trades. */
const NEWS_TURNOVER = 4;
const NEWS_TURNOVER_UNPLAIN = 3;
const STAY_SESSIONS = 5;
/** What a daily close may differ where nothing else happened, before there are moves to tell it. */
const LEAST_TOLERANCE = 0.01;
const LARGEST_TOLERANCE = 0.06;

/** Steps between sessions that news does not explain, by size, plainness of the ratio, turnover, and staying. */
export function splitSteps(sessions: SessionBars): SplitStep[] {
  const deviation = usualMove(sessions);
  if (deviation === null) return [];
  const found: SplitStep[] = [];
  for (let session = 1; session < sessions.length; session++) {
    const ratio = sessions.close[session - 1]! / sessions.open[session]!;
    const size = Math.abs(Math.log(ratio));
    if (!(size >= LEAST_DEVIATIONS * deviation) || size < 0.15 || size === Number.POSITIVE_INFINITY) continue;
    // After a hole the step may be the move of weeks.
    if (sessions.time[session]! - sessions.time[session - 1]! > 10 * DAY) continue;
    if (!stays(sessions, session, size)) continue;
    const { turnover, volumeRatio } = volumesAround(sessions, session);
    const step = { session, ratio, deviations: size / deviation, turnover, volumeRatio };
    const closeRatio = sessions.close[session - 1]! / sessions.close[session]!;
    const plain = plainStep(step, closeRatio, deviation);
    if (plain !== null) found.push(plain);
    else if (isUnexplained(step)) found.push({ ...step, plainRatio: null, confidence: 0.4 });
  }
  return found;
}

/** Median absolute move of daily closes, as a standard deviation; null where too few moved. */
export function usualMove({ close, length }: SessionBars): number | null {
  const moves: number[] = [];
  for (let session = 1; session < length; session++) {
    const move = Math.abs(Math.log(close[session]! / close[session - 1]!));
    if (move > 0 && move < Number.POSITIVE_INFINITY) moves.push(move);
  }
  if (moves.length < FEWEST_MOVES) return null;
  moves.sort((a, b) => a - b);
  return MAD_TO_DEVIATION * moves[moves.length >> 1]!;
}

/** The nearest ratio that splits are made in, by the logarithm. */
export function nearestRatio(ratio: number): { plain: number; error: number } {
  let best = { plain: 1, error: Number.POSITIVE_INFINITY };
  for (const plain of RATIOS) {
    const error = Math.abs(Math.log(ratio / plain));
    if (error < best.error) best = { plain, error };
  }
  return best;
}

type Step = Omit<SplitStep, 'plainRatio' | 'confidence'>;

function plainStep(step: Step, closeRatio: number, deviation: number): SplitStep | null {
  const byOpen = nearestRatio(step.ratio);
  const { plain } = byOpen;
  // The first day's close may be nearer than its open, where the open already shows most of the step.
  const error = Math.min(byOpen.error, Math.abs(Math.log(closeRatio / plain)));
  // An open differs from the close before by about a usual move; chance hits broken ratios sooner, and they are rare.
  const isRare = !Number.isInteger(plain > 1 ? plain : Math.round(1e6 / plain) / 1e6);
  const tolerance = Math.min(LARGEST_TOLERANCE, Math.max(LEAST_TOLERANCE, (isRare ? 1 : 2) * deviation));
  if (error > tolerance || byOpen.error > LARGEST_TOLERANCE || step.turnover > NEWS_TURNOVER) return null;
  const nearness = 1 - error / (2 * tolerance);
  const calm = Number.isNaN(step.turnover) ? 0.7 : Math.min(1, 1.25 - step.turnover / (2 * NEWS_TURNOVER));
  const confidence = (isRare ? 0.7 : 1) * nearness * calm;
  return { ...step, plainRatio: plain, confidence: Math.max(0, Math.min(0.99, confidence)) };
}

/** Neither a plain ratio nor the turnover of news: a spin-off, a special dividend, or another instrument's prices. */
const isUnexplained = ({ deviations, turnover }: Step) =>
  deviations >= LEAST_DEVIATIONS_UNPLAIN && turnover <= NEWS_TURNOVER_UNPLAIN;

/** Whether prices were on the near side of the step for some sessions and are on the far side for some: a flip is none. */
function stays({ close, length }: SessionBars, session: number, size: number): boolean {
  const before = close[session - 1]!;
  for (let later = session; later < Math.min(session + STAY_SESSIONS, length); later++) {
    if (!(Math.abs(Math.log(close[later]! / before)) > size / 2)) return false;
  }
  for (let earlier = Math.max(0, session - STAY_SESSIONS); earlier < session; earlier++) {
    if (!(Math.abs(Math.log(close[earlier]! / before)) < size / 2)) return false;
  }
  return true;
}

function volumesAround({ volume, close, length }: SessionBars, session: number) {
  const before: number[] = [];
  const turnovers: number[] = [];
  for (let index = Math.max(0, session - AROUND); index < session; index++) {
    before.push(volume[index]!);
    turnovers.push(volume[index]! * close[index]!);
  }
  const behind: number[] = [];
  for (let index = session + 2; index < Math.min(length, session + 2 + AROUND); index++)
    behind.push(volume[index]!);
  return {
    turnover: (volume[session]! * close[session]!) / median(turnovers),
    volumeRatio: median(behind) / median(before),
  };
}

function median(values: number[]): number {
  const known = values.filter((value) => value > 0).sort((a, b) => a - b);
  return known[known.length >> 1] ?? Number.NaN;
}
