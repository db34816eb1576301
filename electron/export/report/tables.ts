import type { BacktestResult } from '../../../shared/backtest/result.ts';
import type { Trust } from '../../../shared/contract/schemas.ts';
import {
  formatDuration,
  formatNumber,
  formatPrice,
  formatSigned,
  formatStatistic,
} from '../../../shared/format/number.ts';
import { groupedStatistics } from '../../../shared/format/statistic-groups.ts';
import { formatMinute } from '../../../shared/format/time.ts';
import { trustItems } from '../../../shared/format/trust.ts';
import { monthlyReturns } from '../../../shared/statistics/monthly-returns.ts';
import { resultsBy, type Slot } from '../../../shared/statistics/results-by-time.ts';
import type { Statistic, StatisticId } from '../../../shared/statistics/statistic.ts';
import { escapeHtml as e } from './html.ts';

const HEADLINE: readonly StatisticId[] = [
  'netProfit',
  'totalReturn',
  'maxDrawdownPercent',
  'sharpe',
  'trades',
  'strikeRate',
  'profitFactor',
  'exposure',
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const LISTED_TRADES = 10;

export function headlineFigures(statistics: readonly Statistic[]): string {
  return HEADLINE.map((id) => {
    const statistic = statistics.find((one) => one.id === id)!;
    const note = statistic.note === undefined ? '' : `<small>${e(statistic.note)}</small>`;
    return `<div title="${e(statistic.convention)}"><span>${e(statistic.label)}</span><strong>${e(formatStatistic(statistic))}</strong>${note}</div>`;
  }).join('');
}

export function figuresTable(statistics: readonly Statistic[]): string {
  const row = (statistic: Statistic) =>
    `<tr><th scope="row">${e(statistic.label)}</th><td class="number">${e(formatStatistic(statistic))}</td><td>${e(statistic.convention)}${statistic.note === undefined ? '' : ` <em>${e(statistic.note)}</em>`}</td></tr>`;
  const groups = groupedStatistics(statistics).map(
    ({ title, figures }) =>
      `<tbody><tr class="group"><th scope="rowgroup" colspan="3">${e(title)}</th></tr>${figures.map(row).join('')}</tbody>`,
  );
  return `<table class="figures"><thead><tr><th scope="col">figure</th><th scope="col" class="number">value</th><th scope="col">convention</th></tr></thead>${groups.join('')}</table>`;
}

/** The trust strip as a table: what it says, and what it means. */
export function trustTable(trust: Trust | null): string {
  if (trust === null) return '<p>This run is of a version that did not compute it.</p>';
  const rows = trustItems(trust).map(
    ({ label, value, state, meaning, evidence }) =>
      `<tr><th scope="row">${e(label)}</th><td class="${state}">${e(STATE_MARKS[state])} ${e(value)}</td><td>${e(meaning)} ${evidence.map(([name, text]) => `${e(name)}: ${e(text)}.`).join(' ')}</td></tr>`,
  );
  return `<table class="figures"><tbody>${rows.join('')}</tbody></table>`;
}

const STATE_MARKS = { good: '✓', warning: '!', bad: '✗', unknown: '?' } as const;

export function monthsTable({ equity, ledger }: BacktestResult): string {
  const years = monthlyReturns(equity, ledger.startingCash);
  const largest = Math.max(
    1e-9,
    ...years.flatMap(({ months }) => months.map((value) => Math.abs(value ?? 0))),
  );
  const cell = (value: number | null) => {
    if (value === null) return '<td class="number"></td>';
    const strength = Math.round((60 * Math.abs(value)) / largest);
    const tone = value < 0 ? 'down' : 'up';
    return `<td class="number" style="background:color-mix(in srgb, var(--${tone}) ${strength}%, transparent)">${e(formatSigned(value, 2))}</td>`;
  };
  const rows = years.map(
    ({ year, months, total }) =>
      `<tr><th scope="row">${year}</th>${months.map(cell).join('')}<td class="number total">${e(formatSigned(total, 2))}</td></tr>`,
  );
  const heads = [...MONTHS, 'year'].map((name) => `<th scope="col" class="number">${name}</th>`).join('');
  return `<table class="months"><thead><tr><th></th>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const SLOT_NAMES: Readonly<Record<Slot, (slot: number) => string>> = {
  hour: (hour) => `${String(hour).padStart(2, '0')}:00`,
  weekday: (day) => WEEKDAYS[day - 1]!,
  month: (month) => MONTHS[month - 1]!,
};

/** Closed trades by the hour, weekday or month of their entry; slots without trades are left out. */
export function slotsTable({ trades }: BacktestResult, slot: Slot): string {
  const used = resultsBy(trades, slot).filter((row) => row.trades > 0);
  if (used.length === 0) return '<p>No closed trades.</p>';
  const rows = used.map(
    (row) =>
      `<tr><th scope="row">${SLOT_NAMES[slot](row.slot)}</th><td class="number">${row.trades}</td><td class="number">${e(formatNumber(row.strikeRate!, 1))}</td><td class="number">${e(formatSigned(row.net, 2))}</td></tr>`,
  );
  return `<table class="trades"><thead><tr><th scope="col">${slot}</th><th scope="col" class="number">trades</th><th scope="col" class="number">won, %</th><th scope="col" class="number">net</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

export function tradesTable({ trades, tickers }: BacktestResult, which: 'best' | 'worst'): string {
  const closed = Array.from({ length: trades.length }, (_, i) => i).filter((i) => trades.isOpen[i] === 0);
  const direction = which === 'best' ? -1 : 1;
  // Ties in order of entry, so that equal results always list alike.
  const chosen = closed
    .sort((a, b) => direction * (trades.net[a]! - trades.net[b]!) || a - b)
    .slice(0, LISTED_TRADES);
  if (chosen.length === 0) return '<p>No closed trades.</p>';
  const rows = chosen.map((i) => {
    const held = formatDuration(trades.exitTime[i]! - trades.entryTime[i]!);
    const side = trades.side[i]! > 0 ? 'long' : 'short';
    return `<tr><td class="number">${trades.ref[i]}</td><td>${e(tickers[trades.feed[i]!]!)} ${side}</td><td>${e(formatMinute(trades.entryTime[i]!))}</td><td class="number">${e(formatPrice(rounded(trades.entryPrice[i]!)))}</td><td class="number">${e(formatPrice(rounded(trades.exitPrice[i]!)))}</td><td>${e(held)}</td><td class="number">${e(formatSigned(trades.net[i]!, 2))}</td></tr>`;
  });
  return `<table class="trades"><thead><tr><th scope="col" class="number">#</th><th scope="col">position</th><th scope="col">entry, UTC</th><th scope="col" class="number">in</th><th scope="col" class="number">out</th><th scope="col">held</th><th scope="col" class="number">net</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** Averages of slipped prices have many digits: four decimals are enough to read; the CSV has all. */
const rounded = (price: number) => Number(price.toFixed(4));
