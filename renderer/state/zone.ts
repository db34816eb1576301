import { useMemo } from 'react';
import { create } from 'zustand';
import { offsetText, zoneMeant } from '../../shared/format/time.ts';
import { useConnection } from './connection.ts';
import { useSettings } from './settings.ts';

/** The zone that times are shown in: a name of the IANA database, and what the screen calls it. */
export interface ShownZone {
  readonly zone: string;
  /** `UTC`, `London`, `New York`. */
  readonly label: string;
}

const LOCAL_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** By ticker: the zone of its exchange's calendar. */
const useExchangeZones = create<{ readonly zones: ReadonlyMap<string, string> }>(() => ({
  zones: new Map(),
}));

// What is known of instruments changes with the list of series.
useConnection.subscribe(({ series, door }, before) => {
  if (series === before.series || door === null) return;
  void (async () => {
    const { data } = door.client;
    const [instruments, calendars] = await Promise.all([data.instruments(), data.calendars()]);
    const zoneOf = new Map(calendars.map(({ id, zone }) => [id, zone]));
    const zones = new Map<string, string>();
    for (const { ticker, calendar } of instruments) {
      const zone = calendar === null ? undefined : zoneOf.get(calendar);
      if (zone !== undefined) zones.set(ticker, zone);
    }
    useExchangeZones.setState({ zones });
  })().catch(() => {}); // the next change of the list asks again
});

/**
 * The chosen zone for each ticker, and (null) for what belongs to none: `exchange` is then UTC. Bars of days carry dates,
 * not times: whatever is chosen, they are shown as they are.
 */
export function useZones(): (ticker: string | null, every?: string) => ShownZone {
  const choice = useSettings(({ values }) => values['time.zone']);
  const zones = useExchangeZones(({ zones }) => zones);
  return useMemo(() => {
    const shown = (zone: string): ShownZone => ({ zone, label: labelOf(zone) });
    return (ticker, every = '') =>
      isOfDays(every)
        ? shown('UTC')
        : shown(zoneMeant(choice, ticker === null ? null : (zones.get(ticker) ?? null), LOCAL_ZONE));
  }, [choice, zones]);
}

export const useShownZone = (ticker: string | null, every?: string): ShownZone => useZones()(ticker, every);

/** What a column of times of several series is headed with: `UTC`, `Tokyo`, or `exchange` where each has its own. */
export function useZonesLabel(
  series: readonly { readonly ticker: string; readonly every: string }[],
): string {
  const zones = useZones();
  const labels = new Set(series.map(({ ticker, every }) => zones(ticker, every).label));
  return labels.size === 1 ? [...labels][0]! : 'exchange';
}

const isOfDays = (every: string) => /^\d+(d|w|mo)$/.test(every);

/** `London, UTC+1` at an instant. */
export const zoneAt = ({ zone, label }: ShownZone, time: number): string =>
  zone === 'UTC' ? label : `${label}, ${offsetText(zone, time)}`;

const labelOf = (zone: string) => zone.split('/').at(-1)!.replaceAll('_', ' ');
