import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { safeStorage } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const { systemSecrets } = await import('../../../electron/desktop/secret-store.ts');

const slot = (name: string, origin = 'https://data.alpaca.markets') => ({
  name,
  origin,
  usualOrigin: 'https://data.alpaca.markets',
  addressVariable: 'APCA_API_DATA_URL',
});
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-secrets-'));
  file = join(folder, 'secrets.json');
  safeStorage.getSelectedStorageBackend.mockReset().mockReturnValue('gnome_libsecret');
  safeStorage.isAsyncEncryptionAvailable.mockReset().mockResolvedValue(true);
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'linux', configurable: true } }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
});

describe('a key store', () => {
  test('keeps secrets encrypted in a file of the user’s own', async () => {
    const store = systemSecrets(file, {});
    expect(await store.refusal()).toBeNull();
    expect(await store.find(slot('KEY'))).toBeNull();
    await store.put(slot('KEY'), 'canary-one');
    await store.put(slot('SECRET'), 'canary-two');
    expect(await store.find(slot('KEY'))).toEqual({ value: 'canary-one', heldIn: 'key-store' });
    expect(await systemSecrets(file, {}).find(slot('SECRET'))).toEqual({
      value: 'canary-two',
      heldIn: 'key-store',
    });
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('canary');
    expect(Buffer.from(text).includes(Buffer.from('canary-one').toString('base64'))).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  test('holds a secret for one address only', async () => {
    const store = systemSecrets(file, {});
    await store.put(slot('KEY'), 'canary');
    expect(await store.find(slot('KEY', 'https://evil.example'))).toBeNull();
  });

  test('forgets', async () => {
    const store = systemSecrets(file, {});
    await store.put(slot('KEY'), 'canary');
    await store.put(slot('KEY'), null);
    expect(await store.find(slot('KEY'))).toBeNull();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1, secrets: {} });
  });

  test('is asked before the environment', async () => {
    const store = systemSecrets(file, { KEY: 'from-environment' });
    expect(await store.find(slot('KEY'))).toEqual({ value: 'from-environment', heldIn: 'environment' });
    await store.put(slot('KEY'), 'canary');
    expect(await store.find(slot('KEY'))).toMatchObject({ value: 'canary' });
  });

  test('what it cannot decrypt any more is not there', async () => {
    const store = systemSecrets(file, {});
    await store.put(slot('KEY'), 'canary');
    safeStorage.decryptStringAsync.mockRejectedValueOnce(new Error('another account'));
    expect(await store.find(slot('KEY'))).toBeNull();
  });

  test.each(['', '{', '[]', '{"version":2,"secrets":{}}', '{"version":1,"secrets":{"a":1}}'])(
    'a damaged file holds nothing, and can be written anew: %s',
    async (content) => {
      writeFileSync(file, content);
      const store = systemSecrets(file, {});
      expect(await store.find(slot('KEY'))).toBeNull();
      await store.put(slot('KEY'), 'canary');
      expect(await store.find(slot('KEY'))).toMatchObject({ value: 'canary' });
    },
  );
});

describe('without a key store nothing is kept', () => {
  test.each([
    ['basic_text', true],
    ['gnome_libsecret', false],
  ] as const)('backend %s, encryption available: %s', async (backend, isAvailable) => {
    safeStorage.getSelectedStorageBackend.mockReturnValue(backend);
    safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(isAvailable);
    const store = systemSecrets(file, { KEY: 'from-environment' });
    expect(await store.refusal()).toMatch(/no key store that Hindsight can use.*environment\.$/);
    await expect(store.put(slot('KEY'), 'canary')).rejects.toMatchObject({ code: 'bad-request' });
    expect(existsSync(file)).toBe(false);
    expect(await store.find(slot('KEY'))).toEqual({ value: 'from-environment', heldIn: 'environment' });
  });

  test('what was kept while there was one is not decrypted, but can be removed', async () => {
    await systemSecrets(file, {}).put(slot('KEY'), 'canary');
    safeStorage.getSelectedStorageBackend.mockReturnValue('basic_text');
    const store = systemSecrets(file, {});
    expect(await store.find(slot('KEY'))).toBeNull();
    await store.put(slot('KEY'), null);
    expect(readFileSync(file, 'utf8')).toBe('{"version":1,"secrets":{}}');
  });

  test('on other systems the backend is not asked for', async () => {
    vi.stubGlobal('process', Object.create(process, { platform: { value: 'darwin', configurable: true } }));
    expect(await systemSecrets(file, {}).refusal()).toBeNull();
    expect(safeStorage.getSelectedStorageBackend).not.toHaveBeenCalled();
  });
});
