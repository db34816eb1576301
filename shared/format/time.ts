/** `2024-07-01 07:31` in UTC from epoch milliseconds; a dash when missing. */
export function formatMinute(time: number | null): string {
  return time === null || Number.isNaN(time)
    ? '–'
    : new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2024-07-01` in UTC. */
export function formatDate(time: number | null): string {
  return time === null || Number.isNaN(time) ? '–' : new Date(time).toISOString().slice(0, 10);
}
