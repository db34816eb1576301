import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Changes } from '../../../electron/services/changes.ts';
import { readSettings, SettingsService, settingsPath } from '../../../electron/services/settings.ts';
import {
  SETTING_DEFAULTS,
  SETTING_SPECS,
  SettingKeySchema,
  type Settings,
} from '../../../shared/contract/schemas.ts';

let folder: string;
let service: SettingsService;
let applied: Settings[];
const path = () => settingsPath(folder);
const onDisk = () => JSON.parse(readFileSync(path(), 'utf8'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-settings-'));
  applied = [];
  service = new SettingsService(folder, new Changes(), (settings) => applied.push(settings));
});
afterEach(() => {
  service.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('settings', () => {
  test('are all described, and without a file are the defaults', () => {
    expect(Object.keys(SETTING_SPECS).sort()).toEqual([...SettingKeySchema.options].sort());
    expect(service.get()).toEqual({ values: SETTING_DEFAULTS, changed: [], path: path(), problems: [] });
    expect(existsSync(path())).toBe(false);
  });

  test('are kept as plain JSON that holds only what differs', async () => {
    await service.set('appearance.theme', 'light');
    await service.set('keys', { 'go-data': ['ctrl+shift+d'] });
    expect(onDisk()).toEqual({ 'appearance.theme': 'light', keys: { 'go-data': ['Ctrl+Shift+D'] } });
    expect(service.get().changed).toEqual(['appearance.theme', 'keys']);
    expect(applied.at(-1)).toMatchObject({ 'appearance.theme': 'light', 'appearance.density': 'compact' });
    await service.set('appearance.theme', null);
    expect(onDisk()).toEqual({ keys: { 'go-data': ['Ctrl+Shift+D'] } });
    expect(service.get().values['appearance.theme']).toBe('system');
  });

  test('changed at the same time are all kept', async () => {
    await Promise.all([
      service.set('appearance.density', 'comfortable'),
      service.set('time.zone', 'utc'),
      service.set('memory.seriesMegabytes', 500),
    ]);
    expect(onDisk()).toEqual({
      'appearance.density': 'comfortable',
      'time.zone': 'utc',
      'memory.seriesMegabytes': 500,
    });
  });

  test.each([
    ['appearance.theme', 'purple'],
    ['memory.seriesMegabytes', 5],
    ['memory.seriesMegabytes', '500'],
    ['workers.backtests', 1.5],
    ['keys', { 'no-command': ['Ctrl+X'] }],
    ['keys', { 'go-data': ['Hyper+K'] }],
  ] as const)('%s may not be %j', async (key, value) => {
    expect(() => service.set(key, value)).toThrow();
    expect(existsSync(path())).toBe(false);
  });
});

describe('a file edited by hand', () => {
  test('keeps what is right in it, says what is not, and loses neither', async () => {
    writeFileSync(
      path(),
      JSON.stringify({ 'appearance.theme': 'purple', 'time.zone': 'local', 'of.another.version': 1 }),
    );
    const { values, problems, changed } = service.get();
    expect(values['time.zone']).toBe('local');
    expect(values['appearance.theme']).toBe('system');
    expect(changed).toEqual(['time.zone']);
    expect(problems.map(({ key }) => key)).toEqual(['appearance.theme', 'of.another.version']);
    await service.set('appearance.density', 'comfortable');
    expect(onDisk()).toMatchObject({ 'of.another.version': 1, 'appearance.theme': 'purple' });
  });

  test.each(['{ not json', '[]', '"text"', 'null', ''])(
    'that holds %j does not keep the app from starting',
    (text) => {
      writeFileSync(path(), text);
      expect(readSettings(path())).toMatchObject({ set: {}, isBroken: true });
      expect(service.get().values).toEqual(SETTING_DEFAULTS);
      expect(service.get().problems).toHaveLength(1);
    },
  );

  test('that is broken is kept aside before it is written anew', async () => {
    writeFileSync(path(), '{ not json');
    await service.set('time.zone', 'utc');
    expect(onDisk()).toEqual({ 'time.zone': 'utc' });
    const aside = readdirSync(folder).find((name) => name.includes('broken'));
    expect(readFileSync(join(folder, aside!), 'utf8')).toBe('{ not json');
  });

  test('is noticed', async () => {
    writeFileSync(path(), JSON.stringify({ 'time.zone': 'utc' }));
    await vi.waitFor(() => expect(applied.at(-1)?.['time.zone']).toBe('utc'), { timeout: 10_000 });
  });
});
