import * as z from 'zod';
import { COMMANDS, type CommandId } from '../../commands/commands.ts';
import { type KeyOverrides, normalizeKeys } from '../../commands/keys.ts';

/** A setting as the settings screen draws it; its default is where the schema has it. */
interface SettingSpec {
  readonly title: string;
  readonly help: string;
  readonly group: 'Appearance' | 'Time' | 'Performance' | 'Keys';
  /** Takes effect when Hindsight starts again. */
  readonly atStart?: boolean;
  /** What the values of a choice are called. */
  readonly names?: Readonly<Record<string, string>>;
  /** Bounds of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
}

const Keys = z.string().transform((text, context) => {
  const keys = normalizeKeys(text);
  if (keys !== null) return keys;
  context.addIssue({ code: 'custom', message: `“${text}” is no key combination such as Ctrl+Shift+K` });
  return z.NEVER;
});
const CommandIdSchema = z.enum(COMMANDS.map(({ id }) => id) as [CommandId, ...CommandId[]]);

const FIELDS = {
  'appearance.theme': z.enum(['system', 'dark', 'light', 'contrast']).default('system'),
  'appearance.density': z.enum(['compact', 'comfortable']).default('compact'),
  'appearance.direction': z.enum(['blue-orange', 'green-red', 'red-green']).default('blue-orange'),
  'appearance.motion': z.enum(['full', 'reduced']).default('full'),
  'time.zone': z.enum(['exchange', 'utc', 'local']).default('exchange'),
  'memory.seriesMegabytes': z.int().min(100).max(64_000).default(1_500),
  'workers.backtests': z.int().min(0).max(256).default(0),
  keys: z.partialRecord(CommandIdSchema, z.array(Keys).max(4)).default({}),
};

export type SettingKey = keyof typeof FIELDS;
export const SettingKeySchema = z.enum(Object.keys(FIELDS) as [SettingKey, ...SettingKey[]]);
export const SettingsSchema = z.object(FIELDS);
export type Settings = Omit<z.output<typeof SettingsSchema>, 'keys'> & { readonly keys: KeyOverrides };
export const SETTING_DEFAULTS: Settings = SettingsSchema.parse({});

export const SETTING_SPECS: Readonly<Record<SettingKey, SettingSpec>> = {
  'appearance.theme': {
    title: 'Theme',
    help: 'Colours of the window. High contrast is white on black with visible lines.',
    group: 'Appearance',
    names: { system: 'as the system', dark: 'dark', light: 'light', contrast: 'high contrast' },
  },
  'appearance.density': {
    title: 'Density',
    help: 'Height of rows and controls: 24 or 32 pixels a row.',
    group: 'Appearance',
    names: { compact: 'compact', comfortable: 'comfortable' },
  },
  'appearance.direction': {
    title: 'Colours of up and down',
    help: 'Blue and orange are told apart with every common colour blindness. Shapes differ as well in all three.',
    group: 'Appearance',
    names: {
      'blue-orange': 'blue up, orange down',
      'green-red': 'green up, red down',
      'red-green': 'red up, green down (East Asia)',
    },
  },
  'appearance.motion': {
    title: 'Animation',
    help: 'Reduced leaves out everything that moves. The system’s own wish for reduced motion is always heeded.',
    group: 'Appearance',
    names: { full: 'full', reduced: 'reduced' },
  },
  'time.zone': {
    title: 'Time zone on screen',
    help: 'Times are stored in UTC and shown in this zone. Exchange means the zone of each instrument’s calendar.',
    group: 'Time',
    names: { exchange: 'exchange', utc: 'UTC', local: 'this machine’s' },
  },
  'memory.seriesMegabytes': {
    title: 'Memory for bars',
    help: 'Series in use are kept decoded in memory up to this size; those used longest ago go first.',
    group: 'Performance',
    min: 100,
    max: 64_000,
    unit: 'MB',
  },
  'workers.backtests': {
    title: 'Threads for backtests',
    help: '0 takes all cores but one.',
    group: 'Performance',
    min: 0,
    max: 256,
    atStart: true,
  },
  keys: {
    title: 'Key map',
    help: 'Keys that differ from the defaults, by command. An empty list takes a command’s keys away.',
    group: 'Keys',
  },
};

/** One value, checked; throws a ZodError. */
export const parseSetting = (key: SettingKey, value: unknown): Settings[SettingKey] =>
  FIELDS[key].parse(value) as Settings[SettingKey];

export const SettingsStateSchema = z.object({
  /** Defaults with what the file changes. */
  values: SettingsSchema,
  /** Keys that the file sets. */
  changed: z.array(SettingKeySchema),
  /** Where the file is, or will be. */
  path: z.string(),
  /** What in the file was not understood; its default holds. */
  problems: z.array(z.object({ key: z.string(), message: z.string() })),
});
export type SettingsState = z.output<typeof SettingsStateSchema>;

/** `value` null: back to the default. */
export const SettingChangeSchema = z.strictObject({ key: SettingKeySchema, value: z.json() });
