import { AppError, type ErrorDetail } from '../../shared/contract/errors.ts';
import * as strategyApi from '../../shared/strategy/index.ts';
import type { ParameterDeclarations } from '../../shared/strategy/parameters.ts';
import { isStatelessModule } from './stateless-module.ts';

/**
 * Evaluates compiled strategy code inside a SES compartment: frozen intrinsics, no clock, no chance, no I/O. The only
 * module it can import is `hindsight`. Needs lockdown.ts to have run in this thread.
 */

export type StrategyClass = (new () => strategyApi.Strategy) & { readonly params?: ParameterDeclarations };

const SOURCE_SCHEME = 'strategy:///';

/** Classes of modules without state, by their code: what is compiled and optimised for one run serves the next. */
const kept = new Map<string, StrategyClass>();
const KEPT_CLASSES = 32;

/**
 * The class a strategy file exports as default, frozen with all that hangs on it: state belongs to instances. Throws
 * AppErrors with line and column in the compiled code.
 */
export function loadStrategyClass(code: string, fileName: string): StrategyClass {
  const known = kept.get(code);
  if (known !== undefined) return known;
  const loaded = evaluateStrategyClass(code, fileName);
  if (isStatelessModule(code)) {
    if (kept.size >= KEPT_CLASSES) kept.delete(kept.keys().next().value!);
    kept.set(code, loaded);
  }
  return loaded;
}

function evaluateStrategyClass(code: string, fileName: string): StrategyClass {
  const compartment = new Compartment();
  harden(compartment.globalThis);
  // Strategies can catch our errors: what they lead to must not be theirs to change.
  harden(AppError);
  const api = harden(Object.assign(Object.create(null) as object, strategyApi));
  const require = harden((name: string) => {
    if (name === 'hindsight') return api;
    throw new AppError('strategy-forbidden', `A strategy may import "hindsight" only, not "${name}"`, {
      file: fileName,
      hint: 'Strategies run without files, network and packages; copy the code you need into the file.',
    });
  });
  const module: { exports: { default?: unknown } } = { exports: {} };
  return guardStrategy(fileName, () => {
    const evaluate = compartment.evaluate(
      `(function (require, module, exports) {${code}\n})\n//# sourceURL=${SOURCE_SCHEME}${fileName}`,
    ) as (require: unknown, module: unknown, exports: unknown) => void;
    evaluate(require, module, module.exports);
    const exported = module.exports.default;
    if (typeof exported !== 'function' || !(exported.prototype instanceof strategyApi.Strategy)) {
      throw new AppError('strategy-error', 'The file does not export a strategy', {
        file: fileName,
        hint: 'Write `export default class MyStrategy extends Strategy { … }`.',
      });
    }
    return harden(exported) as StrategyClass;
  });
}

/** Runs `action`; whatever user code throws becomes an AppError that carries the place in the compiled code. */
export function guardStrategy<T>(fileName: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    throw strategyError(thrown, fileName, '');
  }
}

/** What user code threw, with its place; `context` is added to the message. */
export function strategyError(thrown: unknown, fileName: string, context: string): AppError {
  const { message, stack } = describeThrown(thrown);
  const place: ErrorDetail = { file: fileName, ...placeInStack(stack) };
  if (thrown instanceof AppError) {
    return new AppError(thrown.code, `${thrown.message}${context}`, { ...place, ...thrown.detail });
  }
  if (message.includes('SES_')) {
    return new AppError(
      'strategy-forbidden',
      `The strategy uses what strategies may not have: ${message}${context}`,
      {
        ...place,
        hint: 'Dynamic import, direct eval and HTML comments are refused, also inside comments and strings.',
      },
    );
  }
  if (message.startsWith('secure mode')) {
    return new AppError('strategy-forbidden', `The clock and chance do not exist in a backtest${context}`, {
      ...place,
      hint: 'Use this.data.time for the bar’s time and this.random() for seeded random numbers.',
    });
  }
  return new AppError('strategy-error', `${message}${context}`, place);
}

/** User code may throw anything, proxies and hostile getters included: reading it must never throw again. */
function describeThrown(thrown: unknown): { message: string; stack: string } {
  try {
    if (thrown instanceof Error) {
      return {
        message: `${thrown.name}: ${thrown.message}`.slice(0, 500),
        stack: String(thrown.stack ?? ''),
      };
    }
    return { message: `threw ${String(thrown)}`.slice(0, 500), stack: '' };
  } catch {
    return { message: 'threw a value that cannot be described', stack: '' };
  }
}

function placeInStack(stack: string): { line?: number; column?: number } {
  const match = /strategy:\/\/\/[^\n]*?:(\d+):(\d+)/.exec(stack);
  return match === null ? {} : { line: Number(match[1]), column: Number(match[2]) };
}
