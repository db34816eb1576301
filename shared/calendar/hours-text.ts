import { minutesOf, type SessionHours, timeText } from './schedule.ts';

/** `09:00-15:30, break 11:30-12:30, closing auction 15:25-15:30`, local time. */
export function hoursText({
  open,
  opensDayBefore = false,
  close,
  breaks = [],
  intradayAuction,
  closingAuction,
}: SessionHours): string {
  const parts = [`${open}${opensDayBefore ? ' the evening before' : ''} to ${close}`];
  for (const [from, to] of breaks) parts.push(`break ${from} to ${to}`);
  if (intradayAuction !== undefined) parts.push(`auction ${intradayAuction[0]} to ${intradayAuction[1]}`);
  if (closingAuction !== undefined) {
    const at = (minutes: number) => timeText(minutesOf(close) + minutes);
    parts.push(`closing auction ${at(closingAuction.from)} to ${at(closingAuction.uncross)}`);
  }
  return parts.join(', ');
}
