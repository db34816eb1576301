import { AppError } from '../../contract/errors.ts';
import type { IndicatorSpec } from '../../indicators/indicator-spec.ts';
import { cursorOf, type Data } from '../data.ts';
import { Line, partsOf } from '../line.ts';
import { declare } from './declare.ts';

/** A single line, or several by name. */
export type LinesOf<Output extends string> = [Output] extends ['value']
  ? Line
  : { readonly [Name in Output]: Line };

/** The strategy function of an indicator over any line; parameters in the catalogue's order, defaults where absent. */
export function overLine<Output extends string>(
  spec: IndicatorSpec<Output>,
): (line: Line, ...parameters: number[]) => LinesOf<Output> {
  return Object.freeze((line: Line, ...given: number[]) => {
    // Says what is wrong where something else than a line is passed.
    partsOf(line);
    return named(spec, [line], given);
  });
}

/** The strategy function of an indicator over an instrument's columns. */
export function overData<Output extends string>(
  spec: IndicatorSpec<Output>,
): (data: Data, ...parameters: number[]) => LinesOf<Output> {
  return Object.freeze((data: Data, ...given: number[]) => {
    const cursor = cursorOf(data);
    const lines = spec.inputs.map((input) => {
      if (input === 'time') return new Line({ column: cursor.bars.time, cursor, minimumPeriod: 1 });
      return data[input as 'open' | 'high' | 'low' | 'close' | 'volume'];
    });
    return named(spec, lines, given);
  });
}

function named<Output extends string>(
  spec: IndicatorSpec<Output>,
  lines: readonly Line[],
  given: readonly number[],
): LinesOf<Output> {
  const parameters = parametersOf(spec, given);
  const results = declare(spec.id, lines, spec.minimumPeriod(...parameters), parameters, (columns) =>
    spec.compute(columns, parameters),
  );
  if (spec.outputs.length === 1 && spec.outputs[0] === 'value') return results[0]! as LinesOf<Output>;
  return Object.freeze(
    Object.fromEntries(spec.outputs.map((output, i) => [output, results[i]!])),
  ) as LinesOf<Output>;
}

/** What was given, and the defaults for the rest. Throws strategy-error for too many, and for values out of range. */
function parametersOf({ id, parameters }: IndicatorSpec, given: readonly number[]): number[] {
  if (given.length > parameters.length) {
    throw new AppError(
      'strategy-error',
      `${id}() takes ${parameters.length} parameters, not ${given.length}`,
      {
        hint: `In this order: ${parameters.map(({ name }) => name).join(', ')}.`,
      },
    );
  }
  return parameters.map(({ name, default: defaultValue, min, isInteger }, i) => {
    const value = given[i] ?? defaultValue;
    if (Number.isFinite(value) && value >= min && (!isInteger || Number.isInteger(value))) return value;
    const kind = isInteger ? `a whole number of bars from ${min}` : `a number from ${min}`;
    throw new AppError('strategy-error', `${id}(): ${name} is ${kind}, not ${String(value)}`, {
      field: name,
      hint: isInteger
        ? 'Declare the parameter with integer(…), or round it.'
        : 'Check what it was computed from.',
    });
  });
}
