import { seededRandom } from '../backtest/random.ts';
import { londonSessions2024, type Session } from './london-sessions.ts';
import { SAMPLE_SHARES, type SampleShare } from './sample-shares.ts';

/**
 * Believable minute bars of three fictitious London shares over 2024, in the schema of the importer: fat-tailed moves
 * whose volatility clusters and smiles over the day, overnight gaps, auctions, missing minutes in the thin share. Only
 * IEEE additions, products, quotients and square roots are used, so every machine makes the same bytes.
 */

const HEADING = 'bucket,ticker,trades,open,high,low,close,volume,vwap,twap\n';
const SEED = 2024;
const MINUTE = 60_000;
/** Points of the path inside a bar. */
const PATH_POINTS = 5;
const LINES_PER_PIECE = 2_000;

/** The file in pieces of about 130 kB, heading first. */
export function* sampleCsv(): Generator<string, void, void> {
  const sessions = londonSessions2024();
  const market = marketMoves(sessions);
  yield HEADING;
  for (const [index, share] of SAMPLE_SHARES.entries()) {
    let piece = '';
    let lines = 0;
    for (const line of shareLines(share, sessions, market, SEED + 1 + index)) {
      piece += line;
      if (++lines % LINES_PER_PIECE === 0) {
        yield piece;
        piece = '';
      }
    }
    yield piece;
  }
}

type Random = () => number;

/** About normal, deviation 1: a sum of six uniforms, stretched in one case of fifty for fat tails. */
function shock(random: Random): number {
  const sum = random() + random() + random() + random() + random() + random() - 3;
  const normal = sum * Math.SQRT2;
  return random() < 0.02 ? normal * 3.5 : normal;
}

/** Busy at the open, quiet at noon, busiest at the close: 1 in the quiet middle. */
function smile(position: number): number {
  const side = 2 * position - 1;
  const fourth = side * side * side * side;
  return 1 + (position < 0.5 ? 2.4 : 3.1) * fourth;
}

/** The move of the whole market in every regular minute and auction of the year, in deviations. */
function marketMoves(sessions: readonly Session[]): Float64Array {
  const random = seededRandom(SEED);
  const moves = new Float64Array(sessions.reduce((sum, { minutes }) => sum + minutes + 1, 0));
  // A slow drift that wanders gives the year trends without any being built in.
  let drift = 0;
  for (let i = 0; i < moves.length; i++) {
    drift = 0.9995 * drift + 0.0016 * shock(random);
    moves[i] = shock(random) + drift;
  }
  return moves;
}

function* shareLines(
  share: SampleShare,
  sessions: readonly Session[],
  market: Float64Array,
  seed: number,
): Generator<string, void, void> {
  const random = seededRandom(seed);
  const own = Math.sqrt(1 - share.beta * share.beta);
  let price = share.firstPrice;
  let turbulence = 1;
  let minuteOfYear = 0;
  for (const { open, minutes, closingAuction } of sessions) {
    // The night: news arrives while nobody can trade.
    price *= 1 + share.volatility * (8 * shock(random) + 4 * share.beta * market[minuteOfYear]!);
    for (let minute = 0; minute <= minutes; minute++) {
      const isAuction = minute === minutes;
      const busy = smile(minute / minutes);
      const move = share.beta * market[minuteOfYear++]! + own * shock(random);
      turbulence = 0.985 * turbulence + 0.015 * (0.35 + 0.65 * move * move);
      const deviation = share.volatility * Math.sqrt(turbulence * busy);
      const before = price;
      price *= 1 + deviation * move;
      const isOpening = minute === 0;
      if (!isAuction && !isOpening && random() > share.activity * Math.min(1, 0.8 + 0.2 * busy)) continue;
      const weight = isAuction ? 60 : isOpening ? 8 * busy : busy;
      const time = isAuction ? closingAuction : open + minute * MINUTE;
      yield barLine(share, time, { before, after: price, deviation, weight, isAuction }, random);
    }
  }
}

interface Minute {
  readonly before: number;
  readonly after: number;
  readonly deviation: number;
  /** Multiple of a quiet minute's volume. */
  readonly weight: number;
  /** An auction uncrosses at one price. */
  readonly isAuction: boolean;
}

function barLine(share: SampleShare, time: number, minute: Minute, random: Random): string {
  const { tick, decimals } = share;
  const { before, after, deviation, weight, isAuction } = minute;
  let open = 0;
  let high = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  let close = 0;
  let sum = 0;
  let weightedSum = 0;
  let weights = 0;
  for (let point = 0; point < PATH_POINTS; point++) {
    const share01 = isAuction ? 1 : point / (PATH_POINTS - 1);
    const isEnd = isAuction || point === 0 || point === PATH_POINTS - 1;
    const noise = isEnd ? 0 : before * deviation * 0.45 * shock(random);
    const ticks = Math.max(1, Math.round((before + (after - before) * share01 + noise) / tick));
    if (point === 0) open = ticks;
    if (ticks > high) high = ticks;
    if (ticks < low) low = ticks;
    close = ticks;
    sum += ticks;
    const pointWeight = 0.5 + random();
    weightedSum += ticks * pointWeight;
    weights += pointWeight;
  }
  const luck = 0.25 + 1.5 * random() * random() + (random() < 0.03 ? 3 : 0);
  const volume = Math.max(1, Math.round(share.volume * weight * luck));
  const trades = Math.max(1, Math.round(volume / (share.volume / 14) / (0.7 + random())));
  const bucket = new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  const price = (ticks: number) => (ticks * tick).toFixed(decimals);
  const average = (ticks: number) => (ticks * tick).toFixed(4);
  return `${bucket},${share.ticker},${trades},${price(open)},${price(high)},${price(low)},${price(close)},${volume},${average(weightedSum / weights)},${average(sum / PATH_POINTS)}\n`;
}
