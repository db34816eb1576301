import { readFileSync } from 'node:fs';
import { compileStrategy } from '../../electron/services/compile-strategy.ts';
import type { StrategyClass } from '../../shared/backtest/run-backtest.ts';
import * as hindsight from '../../shared/strategy/index.ts';
import type { ParameterDeclarations } from '../../shared/strategy/parameters.ts';

export type LoadedStrategy = StrategyClass & { readonly params: ParameterDeclarations };

/** A built-in strategy, compiled from its file as the application does it, but without the compartment. */
export async function loadStrategy(name: string): Promise<LoadedStrategy> {
  const file = new URL(`../../resources/strategies/${name}.ts`, import.meta.url);
  const { code } = await compileStrategy(readFileSync(file, 'utf8'), `${name}.ts`);
  const module: { exports: { default?: LoadedStrategy } } = { exports: {} };
  const require = (specifier: string) => {
    if (specifier === 'hindsight') return hindsight;
    throw new Error(`${name}.ts imports "${specifier}"`);
  };
  new Function('require', 'module', 'exports', code)(require, module, module.exports);
  return module.exports.default!;
}
