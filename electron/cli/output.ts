import type { Progress } from '../../shared/contract/schemas.ts';
import { groupedStatistics } from '../../shared/format/statistic-groups.ts';
import type { Statistic } from '../../shared/statistics/statistic.ts';

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Progress on standard error: one line rewritten in place on a terminal, nothing in a pipe. */
export function progressLine(label: string): { update: (progress: Progress) => void; end: () => void } {
  const isTerminal = process.stderr.isTTY === true;
  let shown = false;
  return {
    update: (progress) => {
      if (!isTerminal) return;
      const { stage, done, total, unit, rate, secondsLeft } = progress;
      const share = total === null || total === 0 ? '' : ` ${Math.floor((100 * done) / total)} %`;
      const speed = rate === null ? '' : `, ${compact(rate)} ${unit}/s`;
      const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
      process.stderr.write(`\r\x1b[K${label}: ${stage}${share}${speed}${left}`);
      shown = true;
    },
    end: () => {
      if (shown) process.stderr.write('\r\x1b[K');
    },
  };
}

/** Rows as aligned columns; numbers to the right. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [
    headings,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? spaced(cell, 0) : cell))),
  ];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const rightAligned = headings.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          rightAligned[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function statisticsTable(statistics: readonly Statistic[]): string {
  const width = Math.max(...statistics.map(({ label }) => label.length));
  const line = (statistic: Statistic) =>
    `  ${statistic.label.padEnd(width)}  ${valueText(statistic).padStart(16)}`.trimEnd();
  return groupedStatistics(statistics)
    .map(({ title, figures }) => [title, ...figures.map(line)].join('\n'))
    .join('\n\n');
}

function valueText({ value, unit, note }: Statistic): string {
  if (value === null) return note === undefined ? '–' : `– (${note})`;
  switch (unit) {
    case 'percent':
      return `${spaced(value, 2)} %`;
    case 'money':
      return spaced(value, 2);
    case 'ratio':
      return spaced(value, 3);
    case 'duration':
      return durationText(value);
    case 'bars':
      return spaced(value, Number.isInteger(value) ? 0 : 1);
    case 'count':
      return spaced(value, 0);
  }
}

export const minuteText = (time: number) => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

function durationText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function spaced(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ' ');
}

function compact(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(1)} k` : value.toFixed(0);
}
