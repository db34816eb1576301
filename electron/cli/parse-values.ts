import type { Commission, Slippage } from '../../shared/backtest/settings.ts';
import type { ParameterValue } from '../../shared/strategy/parameters.ts';
import { UsageError } from './usage-error.ts';

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;

/** `0.1%`, `0.01/share`, `5/trade` or `none`. */
export function parseCommission(text: string | undefined): Commission | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return { kind: 'none' };
  const percent = new RegExp(`^${NUMBER}%$`).exec(text);
  if (percent) return { kind: 'percent', rate: percentRate(percent[1]!) };
  const unit = new RegExp(`^${NUMBER}/(share|trade)$`).exec(text);
  if (unit) return { kind: unit[2] === 'share' ? 'per-share' : 'per-trade', amount: Number(unit[1]) };
  throw new UsageError('--commission takes 0.1%, 0.01/share, 5/trade or none.');
}

/** `0.01%`, an amount in price units, or `none`. */
export function parseSlippage(text: string | undefined): Slippage | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return { kind: 'none' };
  const match = new RegExp(`^${NUMBER}(%?)$`).exec(text);
  if (!match) throw new UsageError('--slippage takes 0.01%, an amount in price units such as 0.5, or none.');
  return match[2] === '%'
    ? { kind: 'percent', rate: percentRate(match[1]!) }
    : { kind: 'fixed', amount: Number(match[1]) };
}

export function parseNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${option} takes a number, not "${text}".`);
  return value;
}

/** `fast=10`, `mode=long`, `reverse=true`; the strategy's own declaration checks names and ranges. */
export function parseSettings(settings: readonly string[]): Record<string, ParameterValue> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      if (at < 1) throw new UsageError(`--set takes name=value, not "${setting}".`);
      const text = setting.slice(at + 1);
      const number = Number(text);
      const value =
        text === 'true'
          ? true
          : text === 'false'
            ? false
            : text.trim() !== '' && !Number.isNaN(number)
              ? number
              : text;
      return [setting.slice(0, at), value];
    }),
  );
}

/** Decimal shift on the text, so that 0.1 % is exactly the double 0.001 and not 0.1 / 100. */
const percentRate = (text: string) => Number(`${text}e-2`);
