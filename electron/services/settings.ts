import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { ZodError } from 'zod';
import {
  parseSetting,
  SETTING_DEFAULTS,
  type SettingKey,
  SettingKeySchema,
  type Settings,
  type SettingsState,
} from '../../shared/contract/schemas.ts';
import type { Changes } from './changes.ts';
import { keepAside, writeWhole } from './plain-file.ts';

/** How often the file is looked at for changes made by hand. */
const LOOK_MILLISECONDS = 1_500;

interface SettingsFile {
  /** What the file sets and is understood. */
  readonly set: Partial<Settings>;
  /** Everything it holds, so that what we do not know stays in it. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly problems: SettingsState['problems'];
  readonly isBroken: boolean;
}

export const settingsPath = (libraryPath: string) => join(libraryPath, 'settings.json');

/** The settings of a library: a plain JSON file that holds what differs from the defaults, by the names on screen. */
export class SettingsService {
  readonly #path: string;
  readonly #changes: Changes;
  readonly #apply: (settings: Settings) => void;
  /** Changes are made one after the other: each reads what the one before wrote. */
  #queue: Promise<unknown> = Promise.resolve();

  /** `apply` is told the settings whenever they change. */
  constructor(libraryPath: string, changes: Changes, apply: (settings: Settings) => void) {
    this.#path = settingsPath(libraryPath);
    this.#changes = changes;
    this.#apply = apply;
    watchFile(this.#path, { interval: LOOK_MILLISECONDS, persistent: false }, () => this.#changed());
  }

  get(): SettingsState {
    const { set, problems } = readSettings(this.#path);
    return {
      values: { ...SETTING_DEFAULTS, ...set } as SettingsState['values'],
      changed: Object.keys(set) as SettingKey[],
      path: this.#path,
      problems,
    };
  }

  /** Null takes a setting back to its default. A file that is no JSON is kept aside first. */
  set(key: SettingKey, value: unknown): Promise<SettingsState> {
    const checked = value === null ? null : parseSetting(key, value);
    const done = this.#queue.then(async () => {
      const { raw, isBroken } = readSettings(this.#path);
      if (isBroken) await keepAside(this.#path);
      const { [key]: _, ...others } = raw;
      const next = checked === null ? others : { ...others, [key]: checked };
      await writeWhole(this.#path, `${JSON.stringify(next, null, 2)}\n`);
      this.#changed();
      return this.get();
    });
    this.#queue = done.catch(() => {});
    return done;
  }

  close(): void {
    unwatchFile(this.#path);
  }

  #changed(): void {
    this.#apply(this.get().values);
    this.#changes.announce('settings');
  }
}

/** The file as it is now. What is missing or not understood has its default; it never keeps Hindsight from starting. */
export function readSettings(path: string): SettingsFile {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
      throw new Error('it must hold an object { … }');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT')
      return { set: {}, raw: {}, problems: [], isBroken: false };
    const message = `The file cannot be read: ${(thrown as Error).message}`;
    return { set: {}, raw: {}, problems: [{ key: '', message }], isBroken: true };
  }
  const set: Record<string, unknown> = {};
  const problems: SettingsFile['problems'] = [];
  for (const [name, value] of Object.entries(raw)) {
    const key = SettingKeySchema.safeParse(name);
    try {
      if (!key.success) throw new Error('There is no such setting.');
      set[key.data] = parseSetting(key.data, value);
    } catch (thrown) {
      const message =
        thrown instanceof ZodError ? (thrown.issues[0]?.message ?? '') : (thrown as Error).message;
      problems.push({ key: name, message });
    }
  }
  return { set: set as Partial<Settings>, raw: raw as Record<string, unknown>, problems, isBroken: false };
}
