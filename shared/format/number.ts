import type { Statistic } from '../statistics/statistic.ts';

const MINUS = '\u2212';
const THIN_SPACE = '\u2009';

/** `-12 345.60`: true minus sign, thin spaces between thousands, fixed decimals. A missing number is a dash. */
export function formatNumber(value: number | null, decimals: number): string {
  if (value === null || Number.isNaN(value)) return '–';
  const text = Math.abs(value).toFixed(decimals);
  const isZero = Number(text) === 0;
  const [whole = '', part] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  return `${value < 0 && !isZero ? MINUS : ''}${grouped}${part === undefined ? '' : `.${part}`}`;
}

/** The same with a plus sign for gains: for profits, where the sign is the message. */
export function formatSigned(value: number | null, decimals: number): string {
  const text = formatNumber(value, decimals);
  return value !== null && value > 0 && Number(value.toFixed(decimals)) !== 0 ? `+${text}` : text;
}

/** Prices as they came, without padding: up to eight decimals. */
export function formatPrice(value: number | null): string {
  if (value === null || Number.isNaN(value)) return '–';
  const decimals = /\.(\d*?)0*$/.exec(value.toFixed(8))?.[1]?.length ?? 0;
  return formatNumber(value, decimals);
}

/** A figure with its unit, or a dash. */
export function formatStatistic({ value, unit }: Pick<Statistic, 'value' | 'unit'>): string {
  if (value === null) return '–';
  switch (unit) {
    case 'money':
      return formatNumber(value, 2);
    case 'percent':
      return `${formatNumber(value, 2)}${THIN_SPACE}%`;
    case 'ratio':
      return formatNumber(value, 2);
    case 'count':
      return formatNumber(value, 0);
    case 'bars':
      return formatNumber(value, Number.isInteger(value) ? 0 : 1);
    case 'duration':
      return formatDuration(value);
  }
}

/** `12 min`, `5 h 30 min`, `41 d 7 h`. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `1 fill`, `2 310 fills`. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count, 0)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1.2 M`, `48 k`: for rates and counts at a glance. */
export function formatCompact(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}${THIN_SPACE}M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)}${THIN_SPACE}k`;
  if (value >= 1e3) return `${(value / 1e3).toFixed(1)}${THIN_SPACE}k`;
  return value.toFixed(0);
}
