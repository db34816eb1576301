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
