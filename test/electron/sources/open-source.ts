import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PartialFiles } from '../../../electron/sources/partial-file.ts';
import type { BarSource, FetchedFile, Settings, SourcePart } from '../../../electron/sources/source.ts';
import { type FetchRequestInput, FetchRequestSchema } from '../../../shared/contract/schemas.ts';

export interface OpenOptions {
  readonly settings: Settings;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A source opened on a folder of its own, for looking at what it plans and fetches. */
export async function opened(source: BarSource, { settings, secrets = {}, signal }: OpenOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'hindsight-source-'));
  const stop = signal ?? new AbortController().signal;
  const pauses: number[] = [];
  const fallbacks = Object.fromEntries(source.settings.map(({ name, fallback }) => [name, fallback]));
  const open = await source.open({
    settings: { ...fallbacks, ...settings },
    secret: async (name) => secrets[name] ?? null,
    files: new PartialFiles(folder),
    signal: stop,
    onPause: (milliseconds) => pauses.push(milliseconds),
  });
  const plan = (request: Omit<FetchRequestInput, 'id'>) =>
    open.plan(FetchRequestSchema.parse({ id: source.id, ...request }));
  const fetchPart = async (part: SourcePart) => {
    let bytes = 0;
    const file = await open.fetchPart(part, { signal: stop, onBytes: (so) => (bytes = so) });
    return file === null ? null : { ...(await contentOf(file)), bytes };
  };
  const close = () => {
    open.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { open, folder, plan, fetchPart, pauses, close };
}

async function contentOf(file: FetchedFile) {
  const content = readFileSync(file.path);
  await file.remove();
  const { name, origin, options } = file;
  return { name, origin, options, content };
}
