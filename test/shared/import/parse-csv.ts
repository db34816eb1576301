import { type BarCsvOptions, BarCsvParser } from '../../../shared/import/bar-csv.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';

export interface Rejected {
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly text: string;
}

/** Parses text in pieces of `piece` bytes; everything in plain values, for assertions. */
export function parseCsv(text: string | Uint8Array, options: Partial<BarCsvOptions> = {}, piece = 1 << 20) {
  const rejects: Rejected[] = [];
  const parser = new BarCsvParser(
    { fileName: 'test.csv', ticker: null, zeroBars: 'drop', map: {}, ...options },
    {
      add: (line, column, reason, bytes, start, end) => {
        rejects.push({ line, column, reason, text: new TextDecoder().decode(bytes.subarray(start, end)) });
      },
    },
  );
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += piece) parser.push(bytes.subarray(at, at + piece));
  const { linesRead, tickers, warnings } = parser.finish();
  const bars: Record<string, BarColumns> = {};
  let accepted = 0;
  for (const [ticker, collected] of tickers) {
    bars[ticker] = collected.view();
    accepted += collected.length;
  }
  return { linesRead, accepted, bars, rejects, warnings };
}
