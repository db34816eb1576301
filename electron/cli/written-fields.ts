import type { RunSpecInput } from '../../shared/contract/schemas.ts';
import { parseCommission, parseMargin, parsePercent, parseSizer, parseSlippage } from './parse-values.ts';

/** How the fields that people may write as on the command line are read: `"commission": "0.1%"`. */
const WRITTEN: Readonly<Record<string, (text: string) => object | undefined>> = {
  commission: (text) => ({ commission: parseCommission(text) }),
  slippage: (text) => ({ slippage: parseSlippage(text) }),
  margin: parseMargin,
  sizer: (text) => ({ sizer: parseSizer(text) }),
  interest: (text) => ({ interest: { rate: parsePercent('interest', text) } }),
  borrowFee: (text) => ({ borrowFee: parsePercent('borrowFee', text) }),
  riskFreeRate: (text) => ({ riskFreeRate: parsePercent('riskFreeRate', text) }),
  volumeLimit: (text) => ({ volumeLimit: barPercent(parsePercent('volumeLimit', text)) }),
};

/** A run's file with the fields that were written as text as what they mean; those of its instruments, too. */
export function withTextRead(file: unknown): RunSpecInput {
  if (typeof file !== 'object' || file === null) return file as RunSpecInput;
  const { data, ...run } = file as Record<string, unknown>;
  const instruments = Array.isArray(data) ? data.map(read) : data;
  return { ...read(run), ...(data === undefined ? {} : { data: instruments }) } as RunSpecInput;
}

function read(fields: Record<string, unknown>): Record<string, unknown> {
  const known = Object.entries(fields).map(([name, value]) =>
    typeof value === 'string' && Object.hasOwn(WRITTEN, name) ? WRITTEN[name]!(value) : { [name]: value },
  );
  return Object.assign({}, ...known);
}

/** A share of every bar's volume. */
export const barPercent = (share: number | undefined) =>
  share === undefined ? undefined : ({ kind: 'bar-percent', percent: share * 100 } as const);
