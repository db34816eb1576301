import { lineIndicators } from './catalogue-lines.ts';
import { priceIndicators } from './catalogue-prices.ts';
import type { IndicatorSpec } from './indicator-spec.ts';

/** Every indicator, once: what documentation, the chart's menu and the tests go through. */
export const INDICATORS: readonly IndicatorSpec[] = [
  ...Object.values(lineIndicators),
  ...Object.values(priceIndicators),
].sort((a, b) => (a.id < b.id ? -1 : 1));
