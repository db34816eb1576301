import { readFile, rename, writeFile } from 'node:fs/promises';
import { safeStorage } from 'electron';
import * as z from 'zod';
import { AppError } from '../../shared/contract/errors.ts';
import { findInEnvironment } from '../services/environment-secrets.ts';
import type { SecretSlot, SecretStore } from '../services/secret-store.ts';

/** Encrypted values by name and origin, base64. */
const FileSchema = z.strictObject({ version: z.literal(1), secrets: z.record(z.string(), z.string()) });
type Secrets = z.output<typeof FileSchema>['secrets'];

/**
 * Secrets in a file of their own, encrypted with a key that the system's key store holds (Keychain, DPAPI, libsecret,
 * KWallet). Where there is no such store, nothing is kept: the environment may still hold the secrets.
 */
export function systemSecrets(file: string, env: NodeJS.ProcessEnv = process.env): SecretStore {
  return {
    refusal,
    async find(slot) {
      return (await findInFile(file, slot)) ?? findInEnvironment(slot, env);
    },
    async put(slot, value) {
      const reason = value === null ? null : await refusal();
      if (reason !== null) throw new AppError('bad-request', reason, { field: 'secrets' });
      const { [keyOf(slot)]: _, ...others } = await readSecrets(file);
      if (value === null) return writeSecrets(file, others);
      const encrypted = await safeStorage.encryptStringAsync(value);
      return writeSecrets(file, { ...others, [keyOf(slot)]: encrypted.toString('base64') });
    },
  };
}

/** With the backend `basic_text` Electron would encrypt with a key that is the same everywhere: no secret at all. */
async function refusal(): Promise<string | null> {
  const isPlain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (!isPlain && (await safeStorage.isAsyncEncryptionAvailable())) return null;
  return process.platform === 'linux'
    ? 'This system has no key store that Hindsight can use. Install or unlock one (GNOME Keyring or KWallet) and start Hindsight again, or start it with the keys in its environment.'
    : 'The system’s key store cannot be used. Unlock it and start Hindsight again, or start it with the keys in its environment.';
}

async function findInFile(file: string, slot: SecretSlot) {
  const stored = (await readSecrets(file))[keyOf(slot)];
  if (stored === undefined || (await refusal()) !== null) return null;
  try {
    const { result } = await safeStorage.decryptStringAsync(Buffer.from(stored, 'base64'));
    return { value: result, heldIn: 'key-store' } as const;
  } catch {
    return null; // encrypted under another account or on another machine: it has to be entered anew
  }
}

const keyOf = ({ name, origin }: SecretSlot) => `${name}@${origin}`;

/** A file that is missing or damaged holds nothing: its secrets have to be entered anew. */
async function readSecrets(file: string): Promise<Secrets> {
  try {
    return FileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).secrets;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === undefined || code === 'ENOENT') return {};
    throw new AppError('disk', `The file of keys cannot be read (${code})`, {
      file,
      hint: 'Check its permissions.',
    });
  }
}

/** The old file or the new one, never half of one; readable by the user alone. */
async function writeSecrets(file: string, secrets: Secrets): Promise<void> {
  const content: z.output<typeof FileSchema> = { version: 1, secrets };
  try {
    await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  } catch (thrown) {
    throw new AppError('disk', `The key could not be kept: ${(thrown as Error).message}`, {
      file,
      hint: 'Check that you may write to the folder of the library.',
    });
  }
}
