import { AppError } from '../contract/errors.ts';
import { nearestName } from '../text/nearest-name.ts';

/** Texts stand in the manifest: a list of some hundred thousand orders fits, a data file does not. */
const LONGEST_TEXT = 32e6;

/**
 * A strategy's parameters are declared once; sliders, sweep axes, validation and the manifest are made from the
 * declaration. Plain data, so it crosses threads as it is.
 */
export type Parameter =
  | {
      readonly kind: 'integer' | 'number';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly label?: string;
      readonly help?: string;
    }
  | { readonly kind: 'text'; readonly default: string; readonly label?: string; readonly help?: string }
  | { readonly kind: 'boolean'; readonly default: boolean; readonly label?: string; readonly help?: string }
  | {
      readonly kind: 'choice';
      readonly default: string;
      readonly options: readonly string[];
      readonly label?: string;
      readonly help?: string;
    };

export type ParameterValue = number | boolean | string;
export type ParameterDeclarations = Readonly<Record<string, Parameter>>;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/**
 * The values of a run: what was given, checked, and the defaults for the rest, in order of declaration. Throws
 * `bad-request` for a name that is not declared and for a value of the wrong type or out of range, `strategy-error` for
 * a declaration that is none.
 */
export function resolveParameters(
  declarations: ParameterDeclarations,
  values: Readonly<Record<string, unknown>>,
): ParameterValues {
  const names = Object.keys(declarations);
  for (const name of Object.keys(values)) {
    if (!names.includes(name)) throw unknownParameter(name, names);
  }
  const resolved: Record<string, ParameterValue> = {};
  for (const name of names) {
    const declaration = declarations[name]!;
    const problem = declarationProblem(declaration);
    if (problem !== null) {
      throw new AppError('strategy-error', `Parameter "${name}" is declared wrongly: ${problem}`, {
        field: name,
        hint: 'Declare parameters with integer(…), number(…), boolean(…), choice(…) or text(…).',
      });
    }
    const value = Object.hasOwn(values, name) ? values[name] : declaration.default;
    if (!isAllowed(declaration, value)) {
      const shown = typeof value === 'string' ? `"${value}"` : String(value);
      throw new AppError(
        'bad-request',
        `Parameter "${name}" must be ${allowedValues(declaration)}, not ${shown}`,
        { field: name },
      );
    }
    resolved[name] = value;
  }
  return Object.freeze(resolved);
}

/** What is wrong with a declaration, which may come from user code, or null. */
export function declarationProblem(declaration: Parameter): string | null {
  switch (declaration?.kind) {
    case 'integer':
    case 'number': {
      const { min, max, step } = declaration;
      if (!(Number.isFinite(min) && Number.isFinite(max) && min <= max))
        return `no range from ${min} to ${max}`;
      if (!(step > 0 && Number.isFinite(step))) return `a step of ${step}`;
      break;
    }
    case 'boolean':
    case 'text':
      break;
    case 'choice':
      if (!Array.isArray(declaration.options) || declaration.options.length === 0) return 'no options';
      break;
    default:
      return 'it has no kind';
  }
  const { default: defaultValue } = declaration;
  if (isAllowed(declaration, defaultValue)) return null;
  return `the default ${String(defaultValue)} is not ${allowedValues(declaration)}`;
}

function isAllowed(declaration: Parameter, value: unknown): value is ParameterValue {
  switch (declaration.kind) {
    case 'integer':
      return Number.isInteger(value) && inRange(declaration, value as number);
    case 'number':
      return typeof value === 'number' && inRange(declaration, value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value.length <= LONGEST_TEXT;
    case 'choice':
      return typeof value === 'string' && declaration.options.includes(value);
  }
}

const inRange = ({ min, max }: { readonly min: number; readonly max: number }, value: number) =>
  value >= min && value <= max;

function allowedValues(declaration: Parameter): string {
  switch (declaration.kind) {
    case 'integer':
      return `a whole number from ${declaration.min} to ${declaration.max}`;
    case 'number':
      return `a number from ${declaration.min} to ${declaration.max}`;
    case 'boolean':
      return 'true or false';
    case 'text':
      return `a text of at most ${LONGEST_TEXT / 1e6} million characters`;
    case 'choice':
      return `one of ${declaration.options.join(', ')}`;
  }
}

function unknownParameter(name: string, names: readonly string[]): AppError {
  const nearest = nearestName(name, names);
  const known = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
  return new AppError('bad-request', `The strategy has no parameter "${name}"`, {
    field: name,
    hint: nearest === null ? known : `Did you mean ${nearest}?`,
  });
}
