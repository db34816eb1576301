import { join } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../shared/contract/errors.ts';
import {
  type FetchPlan,
  type FetchProgress,
  type FetchRequest,
  type FetchResult,
  SOURCE_IDS,
  type SourceChange,
  type SourceId,
  type SourceState,
} from '../../shared/contract/schemas.ts';
import { PartialFiles } from '../sources/partial-file.ts';
import type { BarSource, OpenSource, Settings } from '../sources/source.ts';
import { fetchParts, heldParts } from './fetch-parts.ts';
import type { ImportService } from './imports.ts';
import type { SecretStore } from './secret-store.ts';
import {
  checkSecret,
  checkSetting,
  definedSecret,
  missingSecrets,
  slotOf,
  withFallbacks,
} from './source-checks.ts';
import { Turns } from './turns.ts';
import { withoutSecrets } from './without-secrets.ts';
import type { Workers } from './workers.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
}

export interface SourceServiceOptions {
  readonly sources: readonly BarSource[];
  readonly workers: Workers;
  readonly imports: ImportService;
  readonly secrets: SecretStore;
  readonly libraryPath: string;
}

/** What the library keeps of a source: never a secret. */
const StoredSchema = z.object({ enabled: z.boolean(), settings: z.record(z.string(), z.string()) });
type Stored = z.output<typeof StoredSchema>;
const OFF: Stored = { enabled: false, settings: {} };

/** The sources on the network: what they are set to, and fetching. Nothing is asked before the user fetches or plans. */
export class SourceService {
  readonly #sources: ReadonlyMap<SourceId, BarSource>;
  readonly #workers: Workers;
  readonly #imports: ImportService;
  readonly #secrets: SecretStore;
  readonly #files: PartialFiles;
  /** One fetch of a source at a time: two would share its rate limit and meet in the same files. */
  readonly #turns = new Turns<SourceId>();
  readonly #closing = new AbortController();

  constructor({ sources, workers, imports, secrets, libraryPath }: SourceServiceOptions) {
    this.#sources = new Map(sources.map((source) => [source.id, source]));
    this.#workers = workers;
    this.#imports = imports;
    this.#secrets = secrets;
    this.#files = new PartialFiles(join(libraryPath, 'fetching'));
  }

  list(): Promise<SourceState[]> {
    return Promise.all(SOURCE_IDS.map((id) => this.state(id)));
  }

  async state(id: SourceId): Promise<SourceState> {
    const source = this.#source(id);
    const { enabled, settings: stored } = await this.#stored(id);
    const settings = withFallbacks(source, stored);
    const secrets = await Promise.all(
      source.secrets.map(async (secret) => {
        const found = await this.#secrets.find(slotOf(source, secret, settings)).catch(() => null);
        return { name: secret.name, label: secret.label, heldIn: found?.heldIn ?? null };
      }),
    );
    const noKeyStore = source.secrets.length === 0 ? null : await this.#secrets.refusal();
    return {
      id,
      name: source.name,
      enabled,
      privacy: source.privacy,
      settings: await Promise.all(
        source.settings.map(async ({ name, label, fallback, help, choices }) => ({
          name,
          label,
          value: stored[name] ?? '',
          fallback,
          choices: choices === undefined ? null : [...(await choices())],
          help,
        })),
      ),
      secrets,
      noKeyStore,
      symbols: source.symbols,
      intervals: source.intervals === null ? null : [...source.intervals],
      hasRange: source.hasRange,
      missing: missingSecrets(secrets, noKeyStore) ?? (await source.missing(settings)),
    };
  }

  /** All of a change or, when any of it cannot be, nothing. Throws bad-request naming the field. */
  async set({ id, enabled, settings = {}, secrets = {} }: SourceChange): Promise<SourceState> {
    const source = this.#source(id);
    const before = await this.#stored(id);
    const after = { ...before.settings };
    for (const [name, value] of Object.entries(settings)) {
      const checked = checkSetting(source, name, value);
      if (checked === '') delete after[name];
      else after[name] = checked;
    }
    const slots = Object.entries(secrets).map(([name, value]) => ({
      slot: slotOf(source, definedSecret(source, name), withFallbacks(source, after)),
      value: value === null ? null : checkSecret(name, value),
    }));
    const stored: Stored = { enabled: enabled ?? before.enabled, settings: after };
    for (const { slot, value } of slots) await this.#secrets.put(slot, value);
    await this.#workers.writer.run('putSetting', { key: keyOf(id), value: JSON.stringify(stored) });
    return this.state(id);
  }

  async plan(request: FetchRequest, { signal }: FetchOptions = {}): Promise<FetchPlan> {
    return this.#using(
      request,
      signal,
      () => {},
      async ({ open }) => {
        const { parts, unknown } = await open.plan(request);
        if (parts.length === 0 && unknown[0] !== undefined) throw unknown[0].error;
        const held = await heldParts(this.#workers, parts);
        return {
          parts: parts.map((part) => ({ name: part.name, bytes: part.bytes, isHeld: held.has(part) })),
        };
      },
    );
  }

  /**
   * Fetches part by part and imports each as a unit of its own. Throws the first failure that would meet the other parts
   * as well; parts that were imported before stay, and the next fetch skips them.
   */
  async fetch(
    request: FetchRequest,
    { signal, onProgress = () => {} }: FetchOptions = {},
  ): Promise<FetchResult> {
    let pauses = 0;
    const onPause = (milliseconds: number) => {
      pauses += milliseconds > 0 ? 1 : -1;
    };
    await this.#readyToUse(request);
    const end = await this.#turns.take(
      request.id,
      () => onProgress({ ...NOTHING_YET, stage: 'waiting' }),
      signal,
    );
    try {
      return await this.#using(request, signal, onPause, async ({ open, source, stop }) => {
        await this.#files.clean(Date.now());
        onProgress({ ...NOTHING_YET, stage: 'planning' });
        return await fetchParts({
          plan: await open.plan(request),
          open,
          width: source.width,
          again: request.again,
          workers: this.#workers,
          imports: this.#imports,
          signal: stop,
          isPausing: () => pauses > 0,
          onProgress,
        });
      });
    } finally {
      end();
    }
  }

  /** Ends what is being fetched. */
  close(): void {
    this.#closing.abort();
  }

  /** Opens a source, with what it may know, for as long as `use` takes. */
  async #using<T>(
    request: FetchRequest,
    signal: AbortSignal | undefined,
    onPause: (milliseconds: number) => void,
    use: (opened: { open: OpenSource; source: BarSource; stop: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const { source, settings } = await this.#readyToUse(request);
    const stop = AbortSignal.any([this.#closing.signal, ...(signal === undefined ? [] : [signal])]);
    const used = new Set<string>();
    const open = await source.open({
      settings,
      files: this.#files,
      signal: stop,
      onPause,
      secret: async (name) => {
        const found = await this.#secrets.find(slotOf(source, definedSecret(source, name), settings));
        if (found !== null) used.add(found.value);
        return found?.value ?? null;
      },
    });
    try {
      return await use({ open: withoutSecrets(open, used), source, stop });
    } finally {
      open.close();
    }
  }

  /** Throws source-off, saying what to do, unless the source is on and has what it needs. */
  async #readyToUse({
    id,
    symbols,
    every,
  }: FetchRequest): Promise<{ source: BarSource; settings: Settings }> {
    const source = this.#source(id);
    const { enabled, missing } = await this.state(id);
    if (!enabled) {
      throw new AppError('source-off', `${source.name} is turned off`, {
        hint: `Turn it on among the sources of the Data screen, or with: hindsight sources enable ${id}`,
      });
    }
    if (missing !== null) throw new AppError('source-off', `${source.name} is not set up`, { hint: missing });
    if (source.symbols.isRequired && symbols.length === 0) {
      throw new AppError('bad-request', `${source.name} needs symbols`, {
        field: 'symbols',
        hint: `Name them, such as ${source.symbols.example}.`,
      });
    }
    if (source.intervals !== null && !source.intervals.includes(every)) {
      throw new AppError('bad-request', `${source.name} has no bars of ${every}`, {
        field: 'every',
        hint: `It has ${source.intervals.join(', ')}.`,
      });
    }
    return { source, settings: withFallbacks(source, (await this.#stored(id)).settings) };
  }

  #source(id: SourceId): BarSource {
    return this.#sources.get(id)!;
  }

  async #stored(id: SourceId): Promise<Stored> {
    const text = await this.#workers.readers.run('setting', { key: keyOf(id) });
    return text === null ? OFF : StoredSchema.parse(JSON.parse(text));
  }
}

const NOTHING_YET = {
  part: null,
  done: 0,
  total: null,
  unit: 'parts',
  rate: null,
  secondsLeft: null,
  bytes: 0,
  bytesPerSecond: null,
} as const;

const keyOf = (id: SourceId) => `source.${id}`;
