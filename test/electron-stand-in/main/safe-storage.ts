import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Electron from 'electron';
import { refusingObject } from '../refusal.ts';
import { app } from './app.ts';

type Backend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>;
const BACKENDS: Readonly<Record<string, Backend>> = {
  'gnome-libsecret': 'gnome_libsecret',
  kwallet5: 'kwallet5',
  kwallet6: 'kwallet6',
};
const PREFIX = Buffer.from('v11');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
let isPlainAllowed = false;

/** No keyring, unless the command line names one with Chromium's own --password-store. */
const backend = (): Backend => BACKENDS[app.commandLine.getSwitchValue('password-store')] ?? 'basic_text';

/** The key of this user data folder; a real one lies in the keyring. */
function key(): Buffer {
  const path = join(app.getPath('userData'), 'stand-in-keyring');
  try {
    return readFileSync(path);
  } catch {
    mkdirSync(app.getPath('userData'), { recursive: true });
    const made = randomBytes(32);
    writeFileSync(path, made, { mode: 0o600 });
    return made;
  }
}

function isEncryptionAvailable(): boolean {
  if (!app.isReady()) return false;
  return process.platform !== 'linux' || backend() !== 'basic_text' || isPlainAllowed;
}

function encrypt(plainText: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key(), nonce);
  const body = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  return Buffer.concat([PREFIX, nonce, cipher.getAuthTag(), body]);
}

function decrypt(encrypted: Buffer): string {
  const start = PREFIX.length + NONCE_BYTES;
  const isOurs = encrypted.subarray(0, PREFIX.length).equals(PREFIX) && encrypted.length >= start + TAG_BYTES;
  if (!isOurs) throw new Error('Error while decrypting: the ciphertext does not appear to be encrypted');
  const decipher = createDecipheriv('aes-256-gcm', key(), encrypted.subarray(PREFIX.length, start));
  decipher.setAuthTag(encrypted.subarray(start, start + TAG_BYTES));
  return decipher.update(encrypted.subarray(start + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function whileAvailable<Result>(act: () => Result): Result {
  if (!isEncryptionAvailable()) throw new Error('Encryption is not available');
  return act();
}

export const safeStorage = refusingObject('SafeStorage', {
  isEncryptionAvailable,
  getSelectedStorageBackend: () => {
    if (process.platform !== 'linux') throw new Error('getSelectedStorageBackend exists on Linux only');
    return app.isReady() ? backend() : 'unknown';
  },
  setUsePlainTextEncryption: (usePlainText: boolean) => void (isPlainAllowed = usePlainText),
  encryptString: (plainText: string) => whileAvailable(() => encrypt(plainText)),
  decryptString: (encrypted: Buffer) => whileAvailable(() => decrypt(encrypted)),
  isAsyncEncryptionAvailable: () => app.whenReady().then(() => true),
  encryptStringAsync: async (plainText: string) => encrypt(plainText),
  decryptStringAsync: async (encrypted: Buffer) => ({ result: decrypt(encrypted), shouldReEncrypt: false }),
}) satisfies Partial<Electron.SafeStorage>;
