import { AppError } from '../../contract/errors.ts';
import { shifted, zip } from '../../indicators/columns.ts';
import { crossOver as crossOverColumn } from '../../indicators/cross-over.ts';
import {
  beta as betaColumn,
  correlation as correlationColumn,
  covariance as covarianceColumn,
} from '../../indicators/regression.ts';
import { type Line, partsOf } from '../line.ts';
import { commonCursor, declare, linesOf, requireDeclaring } from './declare.ts';

/** +1 on the bar on which `a` crosses above `b`, -1 when below, else 0. Touching is no cross. */
export function crossOver(a: Line, b: Line): Line {
  return declare('crossOver', [a, b], 2, [], ([x, y]) => [crossOverColumn(x!, y!)])[0]!;
}

/** 1 on the bar on which `a` crosses above `b`, else 0. */
export function crossUp(a: Line, b: Line): Line {
  return declare('crossUp', [a, b], 2, [], ([x, y]) => [
    crossOverColumn(x!, y!).map((cross) => (cross < 0 ? 0 : cross)),
  ])[0]!;
}

/** 1 on the bar on which `a` crosses below `b`, else 0. */
export function crossDown(a: Line, b: Line): Line {
  return declare('crossDown', [a, b], 2, [], ([x, y]) => [
    crossOverColumn(x!, y!).map((cross) => (cross > 0 ? 0 : Math.abs(cross))),
  ])[0]!;
}

/** Pearson's correlation of two lines over the last `period` bars. */
export function correlation(a: Line, b: Line, period = 20): Line {
  return declare('correlation', [a, b], period, [period], ([x, y]) => [
    correlationColumn(x!, y!, period),
  ])[0]!;
}
/** Covariance (divided by n) of two lines over the last `period` bars. */
export function covariance(a: Line, b: Line, period = 20): Line {
  return declare('covariance', [a, b], period, [period], ([x, y]) => [covarianceColumn(x!, y!, period)])[0]!;
}
/** How much `a` moves when `b` moves by one, over the last `period` bars. Give it changes, not prices. */
export function beta(a: Line, b: Line, period = 60): Line {
  return declare('beta', [a, b], period, [period], ([x, y]) => [betaColumn(x!, y!, period)])[0]!;
}

/** a + b, bar by bar; the second may be a number, here and in the next three. */
export function add(a: Line, b: Line | number): Line {
  return combine('add', a, b, (x, y) => x + y);
}
export function subtract(a: Line, b: Line | number): Line {
  return combine('subtract', a, b, (x, y) => x - y);
}
export function multiply(a: Line, b: Line | number): Line {
  return combine('multiply', a, b, (x, y) => x * y);
}
export function divide(a: Line, b: Line | number): Line {
  return combine('divide', a, b, (x, y) => x / y);
}
/** Without its sign. */
export function absolute(a: Line): Line {
  return declare('absolute', [a], 1, [], ([x]) => [x!.map(Math.abs)])[0]!;
}

/** The line as it was `bars` bars ago. */
export function shift(line: Line, bars: number): Line {
  if (!Number.isInteger(bars) || bars < 0) {
    throw new AppError(
      'strategy-error',
      `shift() moves a line back by a whole number of bars, not by ${String(bars)}`,
      {
        field: 'bars',
        hint: 'A negative shift would show bars that have not happened yet.',
      },
    );
  }
  return declare('shift', [line], bars + 1, [bars], ([x]) => [shifted(x!, bars)])[0]!;
}

/**
 * A line of one's own: `compute` is given copies of the whole columns of the inputs and returns one of the same length,
 * NaN where there is no value yet. `minimumPeriod` bars are needed for the first one. It sees all bars at once, so it
 * can look ahead by mistake: the leak test of every run tells when it does.
 */
export function indicator(
  inputs: Line | readonly Line[],
  minimumPeriod: number,
  compute: (...columns: Float64Array[]) => Float64Array | readonly number[],
): Line {
  const lines = Array.isArray(inputs) ? (inputs as readonly Line[]) : [inputs as Line];
  const parts = lines.map(partsOf);
  const cursor = commonCursor('indicator', parts);
  requireDeclaring('indicator', cursor);
  if (!Number.isInteger(minimumPeriod) || minimumPeriod < 1) {
    throw new AppError(
      'strategy-error',
      `indicator(): a minimum period is a whole number of bars from 1, not ${String(minimumPeriod)}`,
      {
        field: 'minimumPeriod',
      },
    );
  }
  const given = compute(...parts.map(({ column }) => column.slice()));
  const { length } = parts[0]!.column;
  if (typeof given !== 'object' || given === null || given.length !== length) {
    throw new AppError(
      'strategy-error',
      `indicator(): the computation returned no column of ${length} values`,
      {
        hint: 'Return a Float64Array or an array with one number per bar, NaN where there is none.',
      },
    );
  }
  return linesOf([Float64Array.from(given)], cursor, parts, minimumPeriod)[0]!;
}

function combine(name: string, a: Line, b: Line | number, value: (x: number, y: number) => number): Line {
  if (typeof b === 'number') {
    return declare(name, [a], 1, [b], ([x]) => [x!.map((one) => value(one, b))])[0]!;
  }
  return declare(name, [a, b], 1, [], ([x, y]) => [zip(x!, y!, value)])[0]!;
}
