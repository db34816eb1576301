import { useSettings } from '../state/settings.ts';

/** What the zone on screen is called. */
export const useZoneName = (): string => {
  const zone = useSettings(({ values }) => values['time.zone']);
  return zone === 'local' ? 'local time' : 'UTC';
};

/** The instant (epoch ms) at which a clock of the zone on screen shows these figures, given as if they were UTC. */
export function instantOf(wallClock: number): number {
  const { values } = useSettings.getState();
  if (values['time.zone'] !== 'local') return wallClock;
  const at = new Date(wallClock);
  return new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ).getTime();
}
