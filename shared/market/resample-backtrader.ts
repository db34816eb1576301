import type { BarColumns } from './bar.ts';
import { type LongerBars, LongerBarsBuilder } from './longer-bars.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

export interface BacktraderRule {
  readonly every: number;
  /** End of the session, milliseconds of the UTC day. */
  readonly sessionEnd: number;
  readonly bar2edge: boolean;
  readonly adjbartime: boolean;
  readonly rightedge: boolean;
}

/**
 * backtrader 1.9.78's `resampledata`, with all its consequences: stamps are ends, a minute on the boundary joins the
 * running bar whatever interval or day that belongs to, session ends are noticed once, and what is unfinished when the
 * data end is delivered in a step of its own behind the last bar (`knownAt` is then the source's length).
 */
export function resampleLikeBacktrader(source: BarColumns, rule: BacktraderRule): LongerBars {
  return rule.every >= DAY ? resampleDays(source, rule) : resampleMinutes(source, rule);
}

function resampleMinutes(source: BarColumns, rule: BacktraderRule): LongerBars {
  const builder = new LongerBarsBuilder(source);
  const { time, length } = source;
  const { sessionEnd, bar2edge, adjbartime, rightedge } = rule;
  const k = rule.every / MINUTE;
  const adjusts = bar2edge && adjbartime;
  const boundaryAfter = (at: number) =>
    dayOf(at) + (Math.floor(minuteOfDay(at) / k) + (rightedge ? 1 : 0)) * k * MINUTE;
  let from = -1;
  let end = Number.NaN;
  let endBefore = Number.NaN;
  let over = 0;
  for (let i = 0; i < length; i++) {
    const x = time[i]!;
    if (Number.isNaN(end)) end = sessionEndAt(x, sessionEnd);
    const minute = minuteOfDay(x);
    let isEdge = minute % k === 0;
    if (x === end) {
      isEdge = true;
      endBefore = end;
      end = Number.NaN;
    }
    if (!isEdge && from >= 0) {
      const last = time[i - 1]!;
      const passedEnd = x > end && last <= end;
      const passedMinute =
        minute > minuteOfDay(last) &&
        (!bar2edge || k === 1 || Math.floor(minute / k) > Math.floor(minuteOfDay(last) / k));
      if (passedEnd) {
        endBefore = end;
        end = Number.NaN;
      }
      if (passedEnd || passedMinute) {
        const stamp = passedEnd ? endBefore : boundaryAfter(last);
        over++;
        if (bar2edge || over % k === 0) {
          builder.add(from, i, adjusts && stamp > last ? stamp : last, i);
          from = -1;
        }
      }
    }
    if (from < 0) from = i;
    if (isEdge) {
      builder.add(from, i + 1, x, i);
      from = -1;
    }
  }
  if (from >= 0) {
    const last = time[length - 1]!;
    const stamp = Number.isNaN(end) ? endBefore : boundaryAfter(last);
    builder.add(from, length, adjusts ? stamp : last, length);
  }
  return builder.build();
}

/** A bar that ends with the session delivers at once; else `compression` session ends must have been passed. */
function resampleDays(source: BarColumns, rule: BacktraderRule): LongerBars {
  const builder = new LongerBarsBuilder(source);
  const { time, length } = source;
  const { sessionEnd } = rule;
  const compression = rule.every / DAY;
  const adjusts = rule.bar2edge && rule.adjbartime;
  let from = -1;
  let end = Number.NaN;
  let endBefore = Number.NaN;
  let over = 0;
  for (let i = 0; i < length; i++) {
    const x = time[i]!;
    if (Number.isNaN(end)) end = sessionEndAt(x, sessionEnd);
    const isEdge = x === end;
    const isPassed = !isEdge && from >= 0 && x > end && time[i - 1]! <= end;
    if (isEdge || isPassed) {
      endBefore = end;
      end = Number.NaN;
    }
    if (isPassed && ++over % compression === 0) {
      builder.add(from, i, adjusts ? endBefore : time[i - 1]!, i);
      from = -1;
    }
    if (from < 0) from = i;
    if (isEdge) {
      builder.add(from, i + 1, x, i);
      from = -1;
    }
  }
  if (from >= 0) {
    const last = time[length - 1]!;
    const stamp = Number.isNaN(end) ? endBefore : dayOf(last) + sessionEnd;
    builder.add(from, length, adjusts ? stamp : last, length);
  }
  return builder.build();
}

const dayOf = (time: number) => Math.floor(time / DAY) * DAY;
const minuteOfDay = (time: number) => Math.floor((time - dayOf(time)) / MINUTE);
/** The first session end at or after an instant. */
const sessionEndAt = (time: number, end: number) => dayOf(time) + end + (dayOf(time) + end < time ? DAY : 0);
