import { AppError } from '../../../shared/contract/errors.ts';
import { SOURCE_IDS, type SourceId, type SourceState } from '../../../shared/contract/schemas.ts';
import { nearestName } from '../../../shared/text/nearest-name.ts';
import type { App } from '../../services/create-app.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { withApp } from '../with-app.ts';

export const SOURCES_OPTIONS = {} as const;

const ACTIONS = { list, enable, disable, set, secret } as const;

/** The sources on the network: what they are, turned on and off, set up. */
export async function sources(invocation: Invocation): Promise<void> {
  const [name = 'list', ...words] = invocation.words;
  const action = ACTIONS[name as keyof typeof ACTIONS];
  if (action === undefined) {
    const near = nearestName(name, Object.keys(ACTIONS));
    throw new UsageError(
      `hindsight sources takes ${Object.keys(ACTIONS).join(', ')}.${near === null ? '' : ` Did you mean ${near}?`}`,
    );
  }
  await withApp(invocation, 'terminal', (app) => action(app, { ...invocation, words }));
}

async function list(app: App, { json }: Invocation): Promise<void> {
  const states = await app.sources.list();
  if (json) return printJson({ sources: states });
  for (const state of states) printState(state);
}

async function enable(app: App, invocation: Invocation): Promise<void> {
  const state = await app.sources.set({ id: sourceNamed(invocation.words), enabled: true });
  if (invocation.json) return printJson(state);
  print(`${state.name} is on. ${state.privacy}`);
  if (state.missing !== null) print(`It is not ready yet. ${state.missing}`);
}

async function disable(app: App, invocation: Invocation): Promise<void> {
  const state = await app.sources.set({ id: sourceNamed(invocation.words), enabled: false });
  if (invocation.json) return printJson(state);
  print(`${state.name} is off.`);
}

async function set(app: App, { words, json }: Invocation): Promise<void> {
  const id = sourceNamed(words);
  const pairs = words.slice(1).map((word) => {
    const at = word.indexOf('=');
    if (at < 1) throw new UsageError(`hindsight sources set takes key=value, not "${word}".`);
    return [word.slice(0, at), word.slice(at + 1)] as const;
  });
  if (pairs.length === 0) throw new UsageError(`hindsight sources set ${id} needs at least one key=value.`);
  const state = await app.sources.set({ id, settings: Object.fromEntries(pairs) });
  if (json) printJson(state);
  else printState(state);
}

/** Says where the keys of a source come from. They are never printed, and never taken from the command line. */
async function secret(app: App, { words, json }: Invocation): Promise<void> {
  const { name, secrets, noKeyStore } = await app.sources.state(sourceNamed(words));
  if (json) return printJson({ secrets, noKeyStore });
  if (secrets.length === 0) return print(`${name} needs no keys of its own.`);
  for (const { name: variable, label, heldIn } of secrets) {
    print(
      `${label}: ${heldIn === null ? `missing (${variable})` : `from the ${PLACES[heldIn]} (${variable})`}`,
    );
  }
  if (noKeyStore !== null) print(noKeyStore);
}

const PLACES = { 'key-store': 'key store', environment: 'environment' } as const;

function printState({ id, name, enabled, privacy, settings, secrets, missing }: SourceState): void {
  print(`${id}: ${name}, ${enabled ? 'on' : 'off'}${missing === null ? '' : `. ${missing}`}`);
  print(privacy);
  const rows = [
    ...settings.map(({ name: key, value, fallback, help }) => [`  ${key}`, value || fallback || '–', help]),
    ...secrets.map(({ name: key, label, heldIn }) => [
      `  ${key}`,
      heldIn === null ? 'missing' : `in the ${PLACES[heldIn]}`,
      label,
    ]),
  ];
  print(`${table(['  setting', 'value', ''], rows)}\n`);
}

/** The first word as a source. */
export function sourceNamed([word]: readonly string[]): SourceId {
  const id = SOURCE_IDS.find((one) => one === word);
  if (id !== undefined) return id;
  if (word === undefined) throw new UsageError(`Name a source: ${SOURCE_IDS.join(', ')}.`);
  const near = nearestName(word, SOURCE_IDS);
  throw new AppError('not-found', `There is no source "${word}"`, {
    hint: near === null ? `There are ${SOURCE_IDS.join(', ')}.` : `Did you mean ${near}?`,
  });
}
