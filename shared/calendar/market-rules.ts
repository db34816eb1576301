import type { DayRule } from './day-rule.ts';
import type { SessionHours, SpecialHours } from './schedule.ts';

/** How a market's sessions follow from rules: what a calendar is made of. One file per market in markets/. */
export interface MarketRules {
  /** ISO 10383 code of the exchange, or a name of ours where no exchange has the hours (FX, CRYPTO, CME-GLOBEX-…). */
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly weekdays: readonly number[];
  /** First and last year for which holidays are known. */
  readonly years: readonly [first: number, last: number];
  readonly hours: readonly SessionHours[];
  readonly closed: readonly NamedDays[];
  readonly special: readonly (NamedDays & Omit<SpecialHours, 'name'>)[];
  /** Where holidays and hours come from. */
  readonly origin: readonly string[];
  /** What is known to be missing or uncertain. */
  readonly gaps: readonly string[];
}

export interface NamedDays {
  readonly name: string;
  readonly days: DayRule;
}

export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];
