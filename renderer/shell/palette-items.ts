import { go, type SnapshotKey, snapshot } from 'fuzzysort';
import { COMMAND_LIST, type CommandId } from '../../shared/commands/commands.ts';
import { keysOfCommand } from '../../shared/commands/keys.ts';
import type {
  PaneKind,
  RunSummary,
  Series,
  Settings,
  StrategySummary,
} from '../../shared/contract/schemas.ts';
import { SETTING_SPECS, type SettingKey } from '../../shared/contract/schemas.ts';
import { formatNumber, formatSigned } from '../../shared/format/number.ts';
import { formatMinute } from '../../shared/format/time.ts';

/** Where a result leads: told to the palette, which does it. */
export type PaletteTarget =
  | { readonly to: 'command'; readonly id: CommandId }
  | { readonly to: 'series'; readonly id: string }
  | { readonly to: 'run'; readonly id: string }
  | { readonly to: 'strategy'; readonly id: string }
  | { readonly to: 'workspace'; readonly name: string }
  | { readonly to: 'setting'; readonly key: SettingKey }
  | { readonly to: 'trade'; readonly runId: string; readonly number: number }
  | { readonly to: 'date'; readonly time: number };

export interface PaletteItem {
  readonly key: string;
  /** The kind of thing, in a word. */
  readonly what: string;
  readonly icon: PaneKind | null;
  readonly title: string;
  readonly hint: string;
  readonly keys?: string | undefined;
  /** What is searched: title, hint and kind. */
  readonly text: string;
  readonly target: PaletteTarget;
}

/** What the library and the settings have to name. */
export interface PaletteSources {
  readonly series: readonly Series[];
  readonly runs: readonly RunSummary[];
  readonly strategies: readonly StrategySummary[];
  readonly workspaces: readonly string[];
}

const item = (given: Omit<PaletteItem, 'text'>): PaletteItem => ({
  ...given,
  text: `${given.title} ${given.hint} ${given.what}`,
});

/** What can be done now, with its keys. */
export const commandItems = (
  isOffered: (id: CommandId) => boolean,
  overrides: Settings['keys'],
): PaletteItem[] =>
  COMMAND_LIST.filter(({ id }) => isOffered(id)).map(({ id, title, group }) =>
    item({
      key: `command:${id}`,
      what: 'command',
      icon: null,
      title,
      hint: group,
      keys: keysOfCommand(id, overrides)[0],
      target: { to: 'command', id },
    }),
  );

export const settingItems = (): PaletteItem[] =>
  (Object.keys(SETTING_SPECS) as SettingKey[]).map((key) =>
    item({
      key: `setting:${key}`,
      what: 'setting',
      icon: 'settings',
      title: SETTING_SPECS[key].title,
      hint: key,
      target: { to: 'setting', key },
    }),
  );

/** Everything that has a name of its own. */
export function namedItems({ series, runs, strategies, workspaces }: PaletteSources): PaletteItem[] {
  return [
    ...series.map(({ id, ticker, every, bars }) =>
      item({
        key: `series:${id}`,
        what: 'symbol',
        icon: 'chart',
        title: ticker,
        hint: `${every}, ${formatNumber(bars, 0)} bars`,
        target: { to: 'series', id },
      }),
    ),
    ...strategies.map(({ id, name, origin }) =>
      item({
        key: `strategy:${id}`,
        what: 'strategy',
        icon: 'strategy',
        title: name,
        hint: origin === 'user' ? 'yours' : 'built in',
        target: { to: 'strategy', id },
      }),
    ),
    ...runs.map(({ id, strategyName, tickers, every, netProfit, createdAt }) =>
      item({
        key: `run:${id}`,
        what: 'run',
        icon: 'result',
        title: `${strategyName} on ${tickers.join(', ')} ${every}`,
        hint: `${formatSigned(netProfit, 0)}, ${formatMinute(createdAt)}`,
        target: { to: 'run', id },
      }),
    ),
    ...workspaces.map((name) =>
      item({
        key: `workspace:${name}`,
        what: 'workspace',
        icon: null,
        title: name,
        hint: '',
        target: { to: 'workspace', name },
      }),
    ),
  ];
}

/** Items with what a search needs of them, made once for a list: 10,000 are searched in a few milliseconds. */
export interface PaletteIndex {
  readonly items: readonly PaletteItem[];
  readonly prepared: SnapshotKey<PaletteItem>;
}

export const paletteIndex = (items: readonly PaletteItem[]): PaletteIndex => ({
  items,
  prepared: snapshot(items, { key: 'text' }),
});

const MOST_SHOWN = 60;
const LEAST_SCORE = 0.3;

/** What is like the query, best first; of equals those of the first index. */
export function searchPalette(query: string, indexes: readonly PaletteIndex[]): readonly PaletteItem[] {
  const wanted = query.trim();
  if (wanted === '') return indexes.flatMap(({ items }) => items.slice(0, MOST_SHOWN)).slice(0, MOST_SHOWN);
  return indexes
    .flatMap(({ prepared }) => [...go(wanted, prepared, { limit: MOST_SHOWN, threshold: LEAST_SCORE })])
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_SHOWN)
    .map(({ obj }) => obj);
}

/** `trade 12`, `#12`: a trade of the open run. */
export function tradeItem(query: string, run: RunSummary | undefined): PaletteItem | null {
  const number = Number(/^\s*(?:trade\s*#?|#)\s*(\d{1,9})\s*$/i.exec(query)?.[1]);
  if (!Number.isInteger(number) || number < 1 || run === undefined) return null;
  return item({
    key: 'trade',
    what: 'trade',
    icon: 'chart',
    title: `Trade ${number}`,
    hint:
      number > run.trades ? `the run has ${run.trades}` : `${run.strategyName} on ${run.tickers.join(', ')}`,
    target: { to: 'trade', runId: run.id, number },
  });
}

/**
 * `2024-03-08 09:31`, `2024-03-08`: a time the chart jumps to. `instantOf` says which instant the clock of the zone on
 * screen means.
 */
export function dateItem(
  query: string,
  zoneName: string,
  instantOf: (wallClock: number) => number,
): PaletteItem | null {
  const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*$/.exec(query);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const spelt = new Date(wall);
  const isReal =
    spelt.getUTCMonth() === month - 1 &&
    spelt.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) return null;
  return item({
    key: 'date',
    what: 'date',
    icon: 'chart',
    title: `Go to ${spelt
      .toISOString()
      .slice(0, match[4] === undefined ? 10 : 16)
      .replace('T', ' ')}`,
    hint: zoneName,
    target: { to: 'date', time: instantOf(wall) },
  });
}
