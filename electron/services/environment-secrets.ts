import { AppError } from '../../shared/contract/errors.ts';
import { isLoopback } from '../sources/url-setting.ts';
import type { FoundSecret, SecretSlot, SecretStore } from './secret-store.ts';

const REFUSAL =
  'Keys cannot be kept here: the browser and the terminal have no access to the system’s key store. Start Hindsight with them in its environment, or enter them in the desktop window.';

/**
 * Secrets that the environment holds, for faces without a key store. They are sent to the source's own address, to one
 * on this machine, or to the one that the environment names beside them: not to whatever a page puts into the settings.
 */
export function environmentSecrets(env: NodeJS.ProcessEnv = process.env): SecretStore {
  return {
    refusal: async () => REFUSAL,
    find: async (slot) => findInEnvironment(slot, env),
    put: async () => {
      throw new AppError('bad-request', REFUSAL, { field: 'secrets' });
    },
  };
}

export function findInEnvironment(slot: SecretSlot, env: NodeJS.ProcessEnv): FoundSecret | null {
  const value = env[slot.name]?.trim();
  const trusted = env[slot.addressVariable];
  const mayGo =
    slot.origin === slot.usualOrigin ||
    isLoopback(new URL(slot.origin).hostname) ||
    (trusted !== undefined && URL.canParse(trusted) && new URL(trusted).origin === slot.origin);
  return value && mayGo ? { value, heldIn: 'environment' } : null;
}
