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

/** The chosen zone, for an instrument or (null) for what belongs to none: `exchange` is then UTC. */
export function useShownZone(ticker: string | null): ShownZone {
  const choice = useSettings(({ values }) => values['time.zone']);
  const exchange = useExchangeZones(({ zones }) => (ticker === null ? null : (zones.get(ticker) ?? null)));
  const zone = zoneMeant(choice, exchange, LOCAL_ZONE);
  return { zone, label: labelOf(zone) };
}

/** The same, outside of rendering. */
export function shownZone(ticker: string | null): ShownZone {
  const { values } = useSettings.getState();
  const exchange = ticker === null ? null : (useExchangeZones.getState().zones.get(ticker) ?? null);
  const zone = zoneMeant(values['time.zone'], exchange, LOCAL_ZONE);
  return { zone, label: labelOf(zone) };
}

/** `London, UTC+1` at an instant. */
export const zoneAt = ({ zone, label }: ShownZone, time: number): string =>
  zone === 'UTC' ? label : `${label}, ${offsetText(zone, time)}`;

const labelOf = (zone: string) => zone.split('/').at(-1)!.replaceAll('_', ' ');
