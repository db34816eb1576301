import type { ActionProposal } from '../contract/schemas.ts';
import type { DatedAction } from '../market/action-time.ts';
import { ratioText } from './ratio-text.ts';
import type { SessionBars } from './session-bars.ts';
import { nearestRatio, type SplitStep, splitSteps, usualMove } from './split-steps.ts';

/** An action of the table with the instant at which it counts for these bars. */
export interface TimedAction extends DatedAction {
  readonly id: string;
  readonly time: number;
}

export interface ProposalInput {
  readonly ticker: string;
  readonly sessions: SessionBars;
  readonly actions: readonly TimedAction[];
  /** Median size of the moves of other instruments between two times, and of how many; null where there are too few. */
  readonly neighbours: (from: number, to: number) => { readonly move: number; readonly count: number } | null;
}

const DAY = 86_400_000;
/** The bars show a split when they step by at least this part of it (of the logarithms). */
const SHOWN = 0.4;
/** An open differs from the close before by a move of its own. */
const LEAST_TOLERANCE = 0.06;
const DEVIATIONS = 3;
/** Dividends below this part of the price cannot be told from a day's move. */
const TELLING_DIVIDEND = 0.05;
/** Where others moved by this part of the step, the market did it. */
const MARKET_SHARE = 1 / 3;
/** Another entry of the same split so near by is the other half of a double. */
const TWIN_DAYS = 10;

/** What the bars of an instrument say against the table of its actions. Most certain first. */
export function proposeActions(input: ProposalInput): ActionProposal[] {
  const { sessions } = input;
  const deviation = usualMove(sessions);
  if (deviation === null) return [];
  const bySession = actionsBySession(input);
  const steps = splitSteps(sessions);
  const missed = steps
    .filter(({ session }) => !bySession.has(session))
    .map((step) => missedSplit(input, step));
  const doubted = [...bySession].flatMap(([session, actions]) => doubts(input, session, actions, deviation));
  return [...missed, ...doubted].sort((a, b) => b.confidence - a.confidence || a.at - b.at);
}

/** By the session before which they happened; those outside of the bars are left out. */
function actionsBySession({ sessions, actions }: ProposalInput): Map<number, TimedAction[]> {
  const found = new Map<number, TimedAction[]>();
  for (const action of actions) {
    let session = 0;
    while (session < sessions.length && sessions.time[session]! < action.time) session++;
    if (session === 0 || session === sessions.length) continue;
    const own = found.get(session);
    if (own === undefined) found.set(session, [action]);
    else own.push(action);
  }
  return found;
}

function missedSplit(input: ProposalInput, step: SplitStep): ActionProposal {
  const { ticker, sessions } = input;
  const { session, ratio, plainRatio, turnover, volumeRatio } = step;
  const before = sessions.close[session - 1]!;
  const market = marketEvidence(input, session, Math.abs(Math.log(ratio)));
  const amount = Number((before - sessions.open[session]!).toPrecision(4));
  const evidence = [
    stepText(sessions, session),
    plainRatio === null
      ? `${ratio.toFixed(3)} for 1 is no ratio that splits are made in: a spin-off or a special dividend of about ${amount}?`
      : `a split of ${ratioText(plainRatio)} would make it ${plainRatio.toFixed(3)}; the close that day, ${sessions.close[session]}, makes it ${(before / sessions.close[session]!).toFixed(3)}`,
    ...(Number.isNaN(turnover)
      ? ['no volumes to tell a split from news']
      : [
          `turnover that day was ${turnover.toFixed(1)} times the median of the 20 sessions before: no rush of news`,
        ]),
    ...(Number.isNaN(volumeRatio)
      ? []
      : [`volume behind it is ${volumeRatio.toFixed(1)} times the volume before`]),
    market.text,
    twinText(input, session, plainRatio) ?? 'the table has no action on that day',
  ];
  return {
    ticker,
    at: dayOf(sessions.time[session]!),
    kind: 'missed-split',
    ratio: plainRatio ?? Number(ratio.toFixed(3)),
    actionId: null,
    suggested:
      plainRatio !== null
        ? { kind: 'split', ratio: plainRatio, amount: null }
        : amount > 0
          ? { kind: 'dividend', ratio: null, amount }
          : { kind: 'split', ratio: Number(ratio.toFixed(3)), amount: null },
    evidence,
    confidence: round(step.confidence * market.factor),
  };
}

/** Entries of the table, all for one session, that its step contradicts. */
function doubts(
  input: ProposalInput,
  session: number,
  actions: readonly TimedAction[],
  deviation: number,
): ActionProposal[] {
  const { ticker, sessions } = input;
  const before = sessions.close[session - 1]!;
  const shown = before / sessions.open[session]!;
  const tolerance = Math.max(LEAST_TOLERANCE, DEVIATIONS * deviation);
  const expected = actions.reduce((product, action) => product * factorOf(action, before), 1);
  if (!(Math.abs(Math.log(shown / expected)) > tolerance)) return [];
  const telling = actions.filter(
    (action) => action.kind === 'split' || action.amount! > TELLING_DIVIDEND * before,
  );
  return telling.map((action) => {
    const own = factorOf(action, before);
    const isShown = Math.log(shown) / Math.log(own) > SHOWN;
    const twin = isShown ? null : twinText(input, session, action.ratio, action.id);
    const { plain, error } = nearestRatio(shown);
    const closer = error <= tolerance / 2 ? plain : Number(shown.toFixed(3));
    const entry =
      action.kind === 'split'
        ? `the table has a split of ${ratioText(action.ratio!)}`
        : `the table has a payment of ${action.amount} on a price of ${before}`;
    return {
      ticker,
      at: action.at,
      kind: isShown ? 'wrong-ratio' : 'doubled-split',
      ratio: isShown ? closer : Number(shown.toFixed(3)),
      actionId: action.id,
      suggested: !isShown
        ? null
        : action.kind === 'split'
          ? { kind: 'split', ratio: closer, amount: null }
          : { kind: 'dividend', ratio: null, amount: Number((before * (1 - 1 / shown)).toPrecision(4)) },
      evidence: [
        stepText(sessions, session),
        `${entry}: a step of ${own.toFixed(3)}`,
        ...(isShown
          ? [
              `the close that day, ${sessions.close[session]}, makes it ${(before / sessions.close[session]!).toFixed(3)}`,
            ]
          : [
              twin ??
                'these bars are free of it already, or it was on another day: applying it would count it twice',
            ]),
        marketEvidence(input, session, Math.abs(Math.log(own))).text,
      ],
      confidence: round(
        Math.min(0.95, 0.5 + Math.abs(Math.log(shown / expected)) / (4 * tolerance)) +
          (twin === null ? 0 : 0.04),
      ),
    } satisfies ActionProposal;
  });
}

/** Price before over price after, by the action alone. */
const factorOf = ({ kind, ratio, amount }: DatedAction, before: number): number =>
  kind === 'split' ? ratio! : before / Math.max(before - amount!, before * 1e-3);

function stepText({ close, open, time }: SessionBars, session: number): string {
  const before = close[session - 1]!;
  const after = open[session]!;
  return `close ${before} on ${dayText(time[session - 1]!)}, open ${after} on ${dayText(time[session]!)}: a step of ${(before / after).toFixed(3)}`;
}

function marketEvidence({ sessions, neighbours }: ProposalInput, session: number, size: number) {
  const others = neighbours(sessions.time[session - 1]!, sessions.time[session]!);
  if (others === null) return { text: 'too few other instruments to compare with', factor: 1 };
  const moved = Math.log1p(others.move) > MARKET_SHARE * size;
  const text = `${others.count} other instruments moved by ${(100 * others.move).toFixed(1)} % (median) that day`;
  return { text: moved ? `${text}: the market did it` : text, factor: moved ? 0.3 : 1 };
}

/** An entry of the same split close by, shown by the bars or not. */
function twinText(
  { actions, sessions }: ProposalInput,
  session: number,
  ratio: number | null,
  not = '',
): string | null {
  if (ratio === null) return null;
  const time = sessions.time[session]!;
  const twin = actions.find(
    (action) =>
      action.id !== not &&
      action.kind === 'split' &&
      Math.abs(action.time - time) <= TWIN_DAYS * DAY &&
      Math.abs(Math.log(action.ratio! / ratio)) < 0.01,
  );
  return twin === undefined
    ? null
    : `the table has the same split, ${ratioText(ratio)}, on ${dayText(twin.at)}`;
}

const dayOf = (time: number) => Math.floor(time / DAY) * DAY;
const dayText = (time: number) => new Date(time).toISOString().slice(0, 10);
const round = (value: number) => Math.round(100 * Math.min(0.99, value)) / 100;
