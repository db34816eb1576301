import { AppError } from '../../contract/errors.ts';
import type { ColumnRole, Guess, PlanOverrides, ReadingPlan } from '../../contract/schemas.ts';
import { intervalName } from '../../market/bar-interval.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isZone } from '../local-clock.ts';
import { TimeReader } from '../time-reader.ts';
import type { DateOrder } from '../time-text.ts';
import { guessDecimalMark } from './decimal-mark.ts';
import { isBlank, readTime, timeOfDay } from './field-kind.ts';
import { guessColumns, refuseMissing } from './guess-columns.ts';
import { guessInterval } from './guess-interval.ts';
import { guessDateOrder, guessTimeFormat } from './guess-time.ts';
import { refuseOtherTables } from './refuse-other-files.ts';
import { sessionsSeen } from './sessions-seen.ts';
import { columnKinds, fullRows, type TableHead } from './table-head.ts';
import { DELIMITER_NAMES } from './text-head.ts';
import { tickerInName } from './ticker-in-name.ts';
import { VENDORS, type VendorLayout, vendorLayout, vendorNamed } from './vendor-layouts.ts';

declare const TextEncoder: new () => { encode(text: string): Uint8Array };

export interface DetectionInput {
  /** The file's name, or that of the file in an archive: it may tell ticker and day. */
  readonly fileName: string;
  /** Day in the name, epoch ms UTC; NaN for none. */
  readonly fileDay: number;
  readonly head: TableHead;
  /** What the user says. */
  readonly given: PlanOverrides;
  /** Columns by name to roles: `{ "Last": "close" }`. */
  readonly map: Readonly<Record<string, string>>;
  readonly tickerFromName: boolean;
  /** What the user said about files of this layout before. */
  readonly remembered: PlanOverrides | null;
}

export interface Detection {
  readonly plan: ReadingPlan;
  readonly guesses: readonly Guess[];
}

const DAY = 86_400_000;
const ROLE_ALIASES: Readonly<Record<string, ColumnRole>> = { bucket: 'time', symbol: 'ticker' };
const ROLES: readonly ColumnRole[] = [
  ...(['time', 'date', 'time-of-day', 'utc-offset', 'ticker', 'open', 'high', 'low', 'close'] as const),
  ...(['volume', 'trades', 'vwap', 'twap', 'ignore'] as const),
];

type Certainty = Guess['certainty'];
interface Found<T> {
  readonly value: T;
  readonly why: string;
  readonly certainty: Certainty;
}

/**
 * How a file is to be read, found out from its first rows: each thing with the reason for it and how certain it is. What
 * the user gives wins over what was remembered, and that over what is found. Throws AppErrors where the file is no bars
 * (file-format) or what is given does not fit it (bad-request).
 */
export function detectPlan(input: DetectionInput): Detection {
  return new Detector(input).detect();
}

class Detector {
  readonly #input: DetectionInput;
  readonly #guesses: Guess[] = [];

  constructor(input: DetectionInput) {
    this.#input = input;
  }

  detect(): Detection {
    const { head, fileName, given } = this.#input;
    refuseOtherTables(head, fileName);
    const kinds = columnKinds(head);
    const isNewestFirst = newestFirst(head, kinds);
    let vendor = this.#saidVendor() ?? vendorLayout({ head, kinds, fileName, isNewestFirst });
    const columns = this.#columns(vendor);
    const roles = columns.map(({ role }) => role);
    refuseMissing(roles, head, fileName);
    const times = timeTexts(head, roles);
    const timeFormat = this.#timeFormat(times, vendor);
    const dateOrder = this.#dateOrder(
      times.map((parts) => parts[0]),
      vendor,
      timeFormat,
    );
    const stamps = this.#stamps(roles, timeFormat, dateOrder);
    const interval = this.#interval(stamps, vendor);
    const milliseconds = interval.milliseconds;
    const seen = sessionsSeen(stamps.series, milliseconds ?? DAY);
    const isCalledAlphaVantage = given.layout === 'alpha-vantage';
    if (vendor?.id === 'alpha-vantage' && seen.zone !== 'America/New_York' && !isCalledAlphaVantage)
      vendor = null;
    const isSession = timeFormat === 'date' || stamps.isDateOnly;
    const layout = this.#layout(vendor);
    const decimalMark = this.#decimalMark(roles);
    const hasOffsets = roles.includes('utc-offset') || stamps.hasOffsets;
    const zone = this.#zone(vendor, { ...stamps, hasOffsets }, seen, isSession, timeFormat);
    const stamp = this.#stamp(vendor, seen, isSession);
    const priceDivisor = this.#choose('priceDivisor', {
      value: vendor?.priceDivisor ?? 1,
      why: vendor?.priceWhy ?? 'prices are as they stand',
      certainty: vendor?.priceDivisor === undefined ? 'sure' : 'likely',
    });
    const ticker = this.#ticker(roles);
    const plan: ReadingPlan = {
      layout,
      format: head.format,
      delimiter: this.#delimiter(),
      decimalMark,
      hasHeading: head.names !== null,
      skip: head.skip,
      columns,
      timeFormat,
      dateOrder,
      zone,
      stamp,
      every: given.every ?? interval.every,
      ticker,
      priceDivisor,
    };
    this.#heading();
    return { plan, guesses: inOrder(this.#guesses) };
  }

  /** The vendor that the user names, or named for the last file of this layout. */
  #saidVendor(): VendorLayout | null {
    const { given, remembered, fileName } = this.#input;
    const id = given.layout ?? remembered?.layout ?? null;
    if (id === null) return null;
    const vendor = vendorNamed(id);
    if (vendor !== null) return vendor;
    const near = nearestName(id, Object.keys(VENDORS));
    throw new AppError('bad-request', `There is no layout "${id}"`, {
      file: fileName,
      field: 'layout',
      hint: near === null ? `Layouts are ${Object.keys(VENDORS).join(', ')}.` : `Did you mean ${near}?`,
    });
  }

  /** What is given, else remembered, else found; noted with its reason. */
  #choose<Field extends keyof ReadingPlan & Guess['field']>(
    field: Field,
    found: Found<ReadingPlan[Field]>,
    words: (value: ReadingPlan[Field]) => string = String,
  ): ReadingPlan[Field] {
    const { given, remembered } = this.#input;
    const chosen = this.#override(field, given, remembered) ?? found;
    this.#guesses.push({ field, value: words(chosen.value), why: chosen.why, certainty: chosen.certainty });
    return chosen.value;
  }

  #override<Field extends keyof ReadingPlan>(
    field: Field,
    given: PlanOverrides,
    remembered: PlanOverrides | null,
  ): Found<ReadingPlan[Field]> | null {
    const own = given[field];
    if (own !== undefined)
      return { value: own as ReadingPlan[Field], why: 'you said so', certainty: 'given' };
    const before = remembered?.[field];
    if (before === undefined) return null;
    return {
      value: before as ReadingPlan[Field],
      why: 'so it was for the last file of this layout',
      certainty: 'remembered',
    };
  }

  #columns(vendor: VendorLayout | null): ReadingPlan['columns'] {
    const { head, given, remembered, map, fileName } = this.#input;
    const names = columnNames(head);
    const byName = this.#mapped(names);
    const usable = remembered?.columns?.length === names.length ? remembered : null;
    if (given.columns !== undefined && given.columns.length !== names.length) {
      throw new AppError(
        'bad-request',
        `The file has ${names.length} columns; ${given.columns.length} were given`,
        {
          file: fileName,
          field: 'columns',
          hint: 'Give the role of every column, in the order of the file.',
        },
      );
    }
    const override = this.#override('columns', given, usable);
    let found: Found<ColumnRole[]>;
    if (override !== null) {
      found = { ...override, value: override.value.map(({ role }) => role) };
    } else if (vendor?.roles !== undefined) {
      found = { value: [...vendor.roles], why: `as ${vendor.title} writes them`, certainty: 'likely' };
    } else {
      found = this.#guessedColumns(Object.keys(map).length > 0);
    }
    const roles = found.value;
    byName.forEach((role, column) => {
      // The role a column is given is taken from the one that had it.
      const other = role === 'ignore' ? -1 : roles.indexOf(role);
      if (other >= 0) roles[other] = 'ignore';
      roles[column] = role;
    });
    if (byName.size > 0) found = { value: roles, why: 'you said so', certainty: 'given' };
    refuseRepeated(roles, names, fileName);
    this.#guesses.push({
      field: 'columns',
      value: roles.filter((role) => role !== 'ignore').join(', '),
      why: found.why,
      certainty: found.certainty,
    });
    return names.map((name, column) => ({ name, role: roles[column] ?? 'ignore' }));
  }

  /** Where a mapping supplies what is missing, a file whose own columns make no bars is no failure. */
  #guessedColumns(isMapped: boolean): Found<ColumnRole[]> {
    const { head, fileName } = this.#input;
    try {
      const guess = guessColumns(head, columnKinds(head), fileName);
      return { value: guess.roles, why: guess.why, certainty: guess.certainty };
    } catch (thrown) {
      if (!isMapped || head.names !== null) throw thrown;
      return { value: columnNames(head).map(() => 'ignore'), why: 'nothing tells', certainty: 'ask' };
    }
  }

  /** Columns that the mapping names, with their roles. */
  #mapped(names: readonly string[]): Map<number, ColumnRole> {
    const { map, fileName } = this.#input;
    const mapped = new Map<number, ColumnRole>();
    for (const [from, to] of Object.entries(map)) {
      const column = names.indexOf(from);
      const role = ROLE_ALIASES[to.toLowerCase()] ?? ROLES.find((known) => known === to.toLowerCase());
      if (column >= 0 && role !== undefined) {
        mapped.set(column, role);
        continue;
      }
      const field = column < 0 ? from : to;
      const near = nearestName(field, column < 0 ? names : [...ROLES, ...Object.keys(ROLE_ALIASES)]);
      const message =
        column < 0 ? `The file has no column "${from}" to map` : `There is no bar column "${to}"`;
      throw new AppError('bad-request', message, {
        file: fileName,
        field,
        hint: near === null ? `The file has: ${cut(names.join(', '))}.` : `Did you mean "${near}"?`,
      });
    }
    return mapped;
  }

  #timeFormat(times: readonly TimeTexts[], vendor: VendorLayout | null): ReadingPlan['timeFormat'] {
    const guess = guessTimeFormat(times.map(([text]) => text));
    if (guess.value === 'text' && vendor?.timeFormat === undefined && areSessions(times)) {
      return this.#choose('timeFormat', {
        value: 'date',
        why: 'times are dates, without an hour: each names a session',
        certainty: 'sure',
      });
    }
    if (vendor?.timeFormat === undefined) return this.#choose('timeFormat', guess);
    return this.#choose('timeFormat', {
      value: vendor.timeFormat,
      why: `as ${vendor.title} writes them`,
      certainty: 'sure',
    });
  }

  #dateOrder(
    dates: readonly string[],
    vendor: VendorLayout | null,
    timeFormat: ReadingPlan['timeFormat'],
  ): DateOrder {
    if (timeFormat !== 'text' && timeFormat !== 'date') return this.#input.given.dateOrder ?? 'ymd';
    const guess = guessDateOrder(dates, vendor?.dateOrder ?? null);
    // What the dates prove is stronger than what was so for another file.
    if (guess.certainty === 'sure' && guess.value !== 'ymd' && this.#input.given.dateOrder === undefined) {
      this.#guesses.push({
        field: 'dateOrder',
        value: ORDER_WORDS[guess.value],
        why: guess.why,
        certainty: 'sure',
      });
      return guess.value;
    }
    return this.#choose('dateOrder', guess, (order) => ORDER_WORDS[order]);
  }

  /** Times of the first rows as they stand in the file, by ticker and ascending; true UTC where the text says so. */
  #stamps(roles: readonly ColumnRole[], timeFormat: ReadingPlan['timeFormat'], dateOrder: DateOrder): Stamps {
    const { head, fileDay } = this.#input;
    const reader = new TimeReader({ timeFormat, dateOrder, zone: 'UTC' }, fileDay);
    const encoder = new TextEncoder();
    const ticker = roles.indexOf('ticker');
    const byTicker = new Map<string, Set<number>>();
    let offsets = 0;
    let zones = 0;
    let count = 0;
    let dateOnly = 0;
    const example: { zone: string | null } = { zone: null };
    for (const row of fullRows(head)) {
      const [text = '', time = ''] = timeOfRow(row, roles);
      const joined = time === '' ? text : `${text} ${time}`;
      const bytes = encoder.encode(joined);
      let at = Number.NaN;
      if (timeFormat === 'text' || timeFormat === 'date') {
        const parts = readTime(joined, dateOrder);
        if (parts !== null) {
          at = parts.local;
          if (!Number.isNaN(parts.offset)) offsets++;
          if (parts.zone !== null) zones++;
          example.zone ??= parts.zone;
          if (parts.isDateOnly) dateOnly++;
        }
      } else {
        at = reader.read(bytes, 0, bytes.length, Number.NaN);
      }
      if (Number.isNaN(at)) continue;
      count++;
      const name = ticker < 0 ? '' : (row[ticker] ?? '');
      let times = byTicker.get(name);
      if (times === undefined) byTicker.set(name, (times = new Set()));
      times.add(at);
    }
    const series = [...byTicker.values()].map((times) => [...times].sort((a, b) => a - b));
    return {
      series,
      hasOffsets: count > 0 && offsets > count / 2,
      zoneInText: zones > count / 2 ? example.zone : null,
      isDateOnly: count > 0 && dateOnly > count / 2,
    };
  }

  #interval(stamps: Stamps, vendor: VendorLayout | null) {
    const guess = guessInterval(stamps.series, stamps.isDateOnly);
    const usual = vendor?.every as ReadingPlan['every'] | undefined;
    const found: Found<ReadingPlan['every']> =
      usual === undefined
        ? {
            value: guess.interval === null ? null : intervalName(guess.interval),
            why: guess.why,
            certainty: guess.certainty,
          }
        : { value: usual, why: 'the file says so', certainty: 'sure' };
    const every = this.#choose('every', found, (value) => value ?? 'each ticker its own');
    const milliseconds = guess.interval;
    return { every, milliseconds };
  }

  #layout(vendor: VendorLayout | null): string | null {
    const { given, remembered } = this.#input;
    if (vendor !== null) {
      const certainty = given.layout != null ? 'given' : remembered?.layout != null ? 'remembered' : 'likely';
      const why = {
        given: 'you said so',
        remembered: 'so it was for the last file of this layout',
        likely: 'names and order of the columns are this vendor’s',
      }[certainty];
      this.#guesses.push({ field: 'layout', value: vendor.title, why, certainty });
    }
    return vendor?.id ?? null;
  }

  #delimiter(): ReadingPlan['delimiter'] {
    const { head, given } = this.#input;
    if (head.format !== 'csv') return head.delimiter;
    return this.#choose(
      'delimiter',
      {
        value: head.delimiter,
        why: `with it ${Math.round(head.agreement * 100)} % of the first lines have ${head.width} fields`,
        certainty: given.delimiter === undefined && head.agreement >= 0.8 ? 'sure' : 'likely',
      },
      (delimiter) => DELIMITER_NAMES[delimiter],
    );
  }

  #heading(): void {
    const { head, given } = this.#input;
    if (head.format !== 'csv') return;
    const isGiven = given.hasHeading !== undefined || given.skip !== undefined;
    this.#guesses.push({
      field: 'hasHeading',
      value: head.names === null ? 'no' : 'yes',
      why: isGiven
        ? 'you said so'
        : head.names === null
          ? 'the first line holds numbers'
          : `line ${head.skip} has names and no numbers`,
      certainty: isGiven ? 'given' : 'sure',
    });
  }

  #decimalMark(roles: readonly ColumnRole[]): ReadingPlan['decimalMark'] {
    const { head } = this.#input;
    if (head.format !== 'csv') return '.';
    return this.#choose('decimalMark', guessDecimalMark(head, roles), (mark) =>
      mark === '.' ? 'point' : 'comma',
    );
  }

  #zone(
    vendor: VendorLayout | null,
    stamps: Stamps,
    seen: ReturnType<typeof sessionsSeen>,
    isSession: boolean,
    timeFormat: ReadingPlan['timeFormat'],
  ): string {
    const found = this.#foundZone(vendor, stamps, seen, isSession, timeFormat);
    const zone = this.#choose('zone', found);
    refuseUnknownZone(zone, this.#input.fileName);
    return zone;
  }

  #foundZone(
    vendor: VendorLayout | null,
    stamps: Stamps,
    seen: ReturnType<typeof sessionsSeen>,
    isSession: boolean,
    timeFormat: ReadingPlan['timeFormat'],
  ): Found<string> {
    const { head } = this.#input;
    if (isSession) return { value: 'UTC', why: 'dates of sessions have no zone', certainty: 'sure' };
    if (timeFormat.startsWith('epoch'))
      return { value: 'UTC', why: 'such numbers count in UTC', certainty: 'sure' };
    if (stamps.hasOffsets)
      return { value: 'UTC', why: 'each time says how far it is from UTC', certainty: 'sure' };
    if (stamps.zoneInText !== null) {
      return {
        value: isZone(stamps.zoneInText) ? stamps.zoneInText : 'UTC',
        why: 'each time names its zone',
        certainty: 'sure',
      };
    }
    if (head.documentZone !== null && isZone(head.documentZone)) {
      return { value: head.documentZone, why: 'the document names it', certainty: 'sure' };
    }
    if (vendor?.zone != null && vendor.asksZone !== true) {
      const isOurs = vendor.id === 'hindsight';
      return { value: vendor.zone, why: vendor.zoneWhy ?? '', certainty: isOurs ? 'sure' : 'likely' };
    }
    const name = this.#timeName();
    if (/utc|gmt/i.test(name))
      return { value: 'UTC', why: `the column is called "${name}"`, certainty: 'sure' };
    if (stamps.series.length === 0)
      return { value: 'UTC', why: 'no time could be read', certainty: 'likely' };
    if (vendor?.zone != null) return { value: vendor.zone, why: vendor.zoneWhy ?? '', certainty: 'ask' };
    if (seen.zone !== null)
      return { value: seen.zone, why: `${seen.zoneWhy}; the file does not say`, certainty: 'ask' };
    return {
      value: 'UTC',
      why: 'neither the file nor its hours tell; UTC is no more than a guess',
      certainty: 'ask',
    };
  }

  #timeName(): string {
    const { head } = this.#input;
    const guess = this.#guesses.find(({ field }) => field === 'columns');
    return guess === undefined || head.names === null
      ? ''
      : head.names.filter((name) => /time|date|stamp/i.test(name)).join(' ');
  }

  #stamp(
    vendor: VendorLayout | null,
    seen: ReturnType<typeof sessionsSeen>,
    isSession: boolean,
  ): ReadingPlan['stamp'] {
    const words = (stamp: ReadingPlan['stamp']) => (stamp === 'start' ? "the bar's start" : "the bar's end");
    if (isSession) {
      return this.#choose(
        'stamp',
        { value: 'start', why: 'a date names its session', certainty: 'sure' },
        words,
      );
    }
    if (vendor?.stamp !== undefined) {
      const certainty = vendor.id === 'hindsight' ? 'sure' : 'likely';
      return this.#choose('stamp', { value: vendor.stamp, why: vendor.stampWhy ?? '', certainty }, words);
    }
    if (seen.stamp !== null) {
      return this.#choose('stamp', { value: seen.stamp, why: seen.stampWhy, certainty: 'likely' }, words);
    }
    return this.#choose(
      'stamp',
      {
        value: 'start',
        why: 'no hours of trading can be seen; most vendors stamp the start',
        certainty: 'likely',
      },
      words,
    );
  }

  #ticker(roles: readonly ColumnRole[]): ReadingPlan['ticker'] {
    const { head, given, fileName, tickerFromName } = this.#input;
    if (roles.includes('ticker')) {
      if (given.ticker != null) {
        throw new AppError(
          'bad-request',
          `The file has a ticker column of its own, so it cannot be imported as ${given.ticker}`,
          {
            file: fileName,
            field: 'ticker',
            hint: 'Leave the ticker option out, or set the column to be ignored.',
          },
        );
      }
      this.#guesses.push({
        field: 'ticker',
        value: 'from its column',
        why: 'there is a column of tickers',
        certainty: 'sure',
      });
      return null;
    }
    const found = this.#foundTicker(head, fileName, tickerFromName);
    const ticker = given.ticker ?? found.value;
    this.#guesses.push(
      given.ticker == null
        ? { field: 'ticker', value: ticker ?? '', why: found.why, certainty: found.certainty }
        : { field: 'ticker', value: given.ticker, why: 'you said so', certainty: 'given' },
    );
    return ticker;
  }

  #foundTicker(head: TableHead, fileName: string, tickerFromName: boolean): Found<string | null> {
    if (head.documentTicker !== null) {
      return { value: head.documentTicker, why: 'the document names it', certainty: 'sure' };
    }
    const named = tickerInName(fileName);
    if (named === null) return { value: null, why: 'neither the file nor its name tells', certainty: 'ask' };
    if (tickerFromName)
      return { value: named.ticker, why: `${named.why}, and names are trusted`, certainty: 'given' };
    return { value: named.ticker, why: named.why, certainty: named.isVendors ? 'likely' : 'ask' };
  }
}

interface Stamps {
  readonly series: readonly (readonly number[])[];
  readonly hasOffsets: boolean;
  readonly zoneInText: string | null;
  readonly isDateOnly: boolean;
}

const ORDER_WORDS = { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year' } as const;

type TimeTexts = readonly [time: string, timeOfDay: string];

function timeOfRow(row: readonly string[], roles: readonly ColumnRole[]): TimeTexts {
  const time = roles.indexOf('time');
  if (time >= 0) return [row[time] ?? '', ''];
  const ofDay = roles.indexOf('time-of-day');
  return [row[roles.indexOf('date')] ?? '', ofDay < 0 ? '' : (row[ofDay] ?? '')];
}

const timeTexts = (head: TableHead, roles: readonly ColumnRole[]) =>
  fullRows(head).map((row) => timeOfRow(row, roles));

/** Whether times are dates alone, or all at midnight of different days. */
function areSessions(times: readonly TimeTexts[]): boolean {
  const filled = times.filter(([text]) => !isBlank(text));
  let midnights = 0;
  let read = 0;
  const days = new Set<number>();
  for (const [text, ofDay] of filled) {
    const parts = readTime(text, 'ymd') ?? readTime(text, 'dmy') ?? readTime(text, 'mdy');
    if (parts === null) continue;
    read++;
    const local = parts.local + (ofDay === '' ? 0 : timeOfDay(ofDay));
    if (local % DAY === 0) midnights++;
    days.add(Math.floor(local / DAY));
  }
  if (read === 0) return false;
  const isDateOnly = filled.every(([text, ofDay]) => ofDay === '' && !text.includes(':'));
  return midnights === read && (isDateOnly || days.size > 1);
}

function columnNames(head: TableHead): string[] {
  return Array.from({ length: head.width }, (_, column) => head.names?.[column] ?? String(column + 1));
}

/** Whether most rows are followed by an earlier one. */
function newestFirst(head: TableHead, kinds: readonly string[]): boolean {
  const column = kinds.findIndex((kind) => kind === 'datetime' || kind === 'epoch' || kind === 'date');
  if (column < 0) return false;
  const texts = fullRows(head).map((row) => row[column]!);
  let down = 0;
  for (let index = 1; index < texts.length; index++) if (texts[index]! < texts[index - 1]!) down++;
  return texts.length > 2 && down > (texts.length - 1) / 2;
}

function refuseRepeated(roles: readonly ColumnRole[], names: readonly string[], fileName: string): void {
  roles.forEach((role, column) => {
    const other = roles.indexOf(role);
    if (role === 'ignore' || other === column) return;
    throw new AppError(
      'bad-request',
      `Two columns stand for ${role}: "${names[other]}" and "${names[column]}"`,
      {
        file: fileName,
        field: 'columns',
        hint: 'Set one of them to be ignored.',
      },
    );
  });
}

function refuseUnknownZone(zone: string, fileName: string): void {
  if (isZone(zone)) return;
  const near = nearestName(zone, Intl.supportedValuesOf('timeZone'));
  throw new AppError('bad-request', `There is no time zone "${zone}"`, {
    file: fileName,
    field: 'zone',
    hint:
      near === null
        ? 'Zones are named as in Europe/London, America/New_York+07:00, UTC+02:00 or EST.'
        : `Did you mean ${near}?`,
  });
}

const FIELDS: readonly Guess['field'][] = [
  ...([
    'layout',
    'format',
    'delimiter',
    'hasHeading',
    'columns',
    'ticker',
    'timeFormat',
    'dateOrder',
  ] as const),
  ...(['zone', 'stamp', 'every', 'decimalMark', 'priceDivisor'] as const),
];
const inOrder = (guesses: readonly Guess[]) =>
  [...guesses].sort((a, b) => FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field));

const cut = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
