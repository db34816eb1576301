import { AppError } from '../../shared/contract/errors.ts';
import type { SourceState } from '../../shared/contract/schemas.ts';
import { nearestName } from '../../shared/text/nearest-name.ts';
import type { BarSource, SecretDefinition, Settings } from '../sources/source.ts';
import type { SecretSlot } from './secret-store.ts';

/** Values of all settings, the source's own where the user has set none. */
export function withFallbacks(source: BarSource, stored: Settings): Settings {
  return Object.fromEntries(source.settings.map(({ name, fallback }) => [name, stored[name] ?? fallback]));
}

export function checkSetting(source: BarSource, name: string, text: string): string {
  const definition = source.settings.find((setting) => setting.name === name);
  if (definition === undefined) {
    const names = source.settings.map((setting) => setting.name);
    const near = nearestName(name, names);
    throw new AppError('bad-request', `${source.name} has no setting "${name}"`, {
      field: name,
      hint: near === null ? `It has ${names.join(', ')}.` : `Did you mean ${near}?`,
    });
  }
  const value = text.trim();
  const problem = value === '' ? null : definition.problem(value);
  if (problem === null) return value;
  throw new AppError('bad-request', `${definition.label} ${problem}: ${value}`, {
    field: name,
    hint: definition.help,
  });
}

export function definedSecret(source: BarSource, name: string): SecretDefinition {
  const definition = source.secrets.find((secret) => secret.name === name);
  if (definition !== undefined) return definition;
  throw new AppError('bad-request', `${source.name} has no secret "${name}"`, { field: 'secrets' });
}

/** The value goes into a header. It is not repeated in the message. */
export function checkSecret(name: string, text: string): string {
  const value = text.trim();
  if (/^[\x21-\x7e]{1,200}$/.test(value)) return value;
  throw new AppError('bad-request', `${name} holds something that no key holds`, {
    field: 'secrets',
    hint: 'Copy it again: letters, figures and signs in one word.',
  });
}

export function slotOf(
  source: BarSource,
  { name, addressVariable }: SecretDefinition,
  settings: Settings,
): SecretSlot {
  const usualOrigin = source.secretOrigin(withFallbacks(source, {}))!;
  return { name, origin: source.secretOrigin(settings)!, usualOrigin, addressVariable };
}

export function missingSecrets(secrets: SourceState['secrets'], noKeyStore: string | null): string | null {
  const missing = secrets.filter(({ heldIn }) => heldIn === null);
  if (missing.length === 0) return null;
  return noKeyStore === null
    ? `Enter ${missing.map(({ label }) => label).join(' and ')}.`
    : `Start Hindsight with ${missing.map(({ name }) => name).join(' and ')} in its environment.`;
}
