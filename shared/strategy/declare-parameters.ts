import { AppError } from '../contract/errors.ts';
import { declarationProblem, type Parameter, type ParameterDeclarations } from './parameters.ts';

/** How a parameter is shown: its name on the form, and a sentence of explanation. */
export interface ParameterText {
  readonly label?: string;
  readonly help?: string;
}
/** Smallest and largest value, both allowed, and the step of sliders and sweeps. */
export interface NumberRange extends ParameterText {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

type NumberParameter = Extract<Parameter, { kind: 'integer' | 'number' }>;
type BooleanParameter = Extract<Parameter, { kind: 'boolean' }>;
type TextParameter = Extract<Parameter, { kind: 'text' }>;
type ChoiceParameter<Option extends string> = Extract<Parameter, { kind: 'choice' }> & {
  readonly default: Option;
  readonly options: readonly Option[];
};

/** What `this.params` holds for a set of declarations. */
export type ValuesOf<Declarations extends ParameterDeclarations> = {
  readonly [Name in keyof Declarations]: Declarations[Name] extends ChoiceParameter<infer Option>
    ? Option
    : Declarations[Name] extends BooleanParameter
      ? boolean
      : Declarations[Name] extends TextParameter
        ? string
        : Declarations[Name] extends NumberParameter
          ? number
          : never;
};

/** A whole number. */
export function integer(defaultValue: number, range: NumberRange): NumberParameter {
  return declared({ kind: 'integer', default: defaultValue, ...range });
}

/** Any number of a range. */
export function number(defaultValue: number, range: NumberRange): NumberParameter {
  return declared({ kind: 'number', default: defaultValue, ...range });
}

/** True or false. */
export function boolean(defaultValue: boolean, text: ParameterText = {}): BooleanParameter {
  return declared({ kind: 'boolean', default: defaultValue, ...text });
}

/** Any text: a list of orders, a note. In the terminal, `--set name=@FILE` takes a file's content. */
export function text(defaultValue: string, shown: ParameterText = {}): TextParameter {
  return declared({ kind: 'text', default: defaultValue, ...shown });
}

/** One of a few words. */
export function choice<const Option extends string>(
  defaultValue: NoInfer<Option>,
  options: readonly Option[],
  text: ParameterText = {},
): ChoiceParameter<Option> {
  return declared({ kind: 'choice', default: defaultValue, options: Object.freeze([...options]), ...text });
}

function declared<Declaration extends Parameter>(declaration: Declaration): Declaration {
  const problem = declarationProblem(declaration);
  if (problem === null) return Object.freeze(declaration);
  throw new AppError('strategy-error', `A parameter is declared wrongly: ${problem}`, {
    hint: 'Give a default inside its range, and a step above zero.',
  });
}
