import { create } from 'zustand';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type {
  Guess,
  ImportCheck,
  ImportOptions,
  ImportPreview,
  ImportReport,
  PlanOverrides,
  Progress,
} from '../../../../shared/contract/schemas.ts';
import { describeFailure } from '../../../api/errors.ts';
import { currentClient, currentDoor } from '../../../state/connection.ts';
import { followJob } from '../../../state/job-stream.ts';
import { watchJob } from '../../../state/jobs.ts';
import { takeBackImport } from '../../../state/removals.ts';

/** A file that was dropped: looked at first, imported when the user says so. */
export interface PendingFile {
  readonly id: number;
  readonly file: File;
  /**
   * `reading`: handed over and looked at. `ready`: previewed, waits for the user. `waiting`, `importing`: told to go.
   * `failed`: refused as a whole, nothing stored.
   */
  readonly stage: 'reading' | 'ready' | 'waiting' | 'importing' | 'done' | 'failed' | 'cancelled';
  /** Null until the core has the file, and again after an import took it. */
  readonly fileId: string | null;
  /** What the user said about how it is read. */
  readonly plan: PlanOverrides;
  readonly preview: ImportPreview | null;
  readonly check: FileCheck | null;
  readonly progress: Progress | null;
  readonly report: ImportReport | null;
  readonly error: PlainError | null;
  readonly isUndone: boolean;
  readonly stop: AbortController;
}

export interface FileCheck {
  readonly progress: Progress | null;
  readonly result: ImportCheck | null;
  readonly error: PlainError | null;
}

/** What holds for the lines of every file. */
export type LineRules = Pick<ImportOptions, 'zeroBars' | 'onError' | 'conflicts'>;

interface Pending {
  readonly files: readonly PendingFile[];
  readonly chosenId: number | null;
  readonly rules: LineRules;
}

export const usePending = create<Pending>(() => ({
  files: [],
  chosenId: null,
  rules: { zeroBars: 'drop', onError: 'reject', conflicts: 'keep' },
}));

let nextId = 1;
/** Files are looked at, and imported, one after the other. */
let looking: Promise<void> = Promise.resolve();
let importing: Promise<void> = Promise.resolve();

const find = (id: number) => usePending.getState().files.find((file) => file.id === id);
const update = (id: number, change: Partial<PendingFile>) =>
  usePending.setState(({ files }) => ({
    files: files.map((file) => (file.id === id ? { ...file, ...change } : file)),
  }));

/** The guesses that must be answered before the import can begin. */
export const openQuestions = (preview: ImportPreview | null): readonly Guess[] =>
  preview?.guesses.filter(({ certainty }) => certainty === 'ask') ?? [];

export const canImport = ({ stage, preview }: PendingFile): boolean =>
  stage === 'ready' &&
  preview !== null &&
  preview.plan !== null &&
  preview.problem === null &&
  openQuestions(preview).length === 0;

export const isSettled = ({ stage }: PendingFile): boolean =>
  stage === 'done' || stage === 'failed' || stage === 'cancelled';

/** Takes files in; each is handed to the core and shown as it would be read. */
export function addFiles(given: Iterable<File>): void {
  const added = [...given].map(
    (file): PendingFile => ({
      id: nextId++,
      file,
      stage: 'reading',
      fileId: null,
      plan: {},
      preview: null,
      check: null,
      progress: null,
      report: null,
      error: null,
      isUndone: false,
      stop: new AbortController(),
    }),
  );
  if (added.length === 0) return;
  usePending.setState(({ files }) => ({
    files: [...files.filter((file) => !isSettled(file)), ...added],
    chosenId: added[0]!.id,
  }));
  for (const { id } of added) looking = looking.then(() => look(id));
}

export const choose = (chosenId: number) => usePending.setState({ chosenId });

/** Changes how a file is read; null takes back what was said about a field. */
export function changePlan(
  id: number,
  change: { readonly [Field in keyof PlanOverrides]: PlanOverrides[Field] | undefined },
): void {
  const file = find(id);
  if (file === undefined) return;
  const plan = Object.fromEntries(
    Object.entries({ ...file.plan, ...change }).filter(([, value]) => value !== undefined),
  ) as PlanOverrides;
  update(id, { plan, check: null });
  void look(id);
}

/** Reads the other files the way this one is read: all that was said but the ticker. */
export function applyToOthers(id: number): void {
  const said = find(id)?.plan;
  if (said === undefined) return;
  const { ticker: _, ...plan } = said;
  for (const file of usePending.getState().files) {
    if (file.id !== id && file.stage === 'ready') changePlan(file.id, plan);
  }
}

export function changeRules(change: Partial<LineRules>): void {
  usePending.setState(({ rules, files }) => ({
    rules: { ...rules, ...change },
    files: files.map((file) => ({ ...file, check: null })),
  }));
}

const optionsOf = ({ plan }: PendingFile): Partial<ImportOptions> => ({
  ...usePending.getState().rules,
  plan,
});

async function look(id: number): Promise<void> {
  const file = find(id);
  if (file === undefined || file.stop.signal.aborted) return;
  const { signal } = file.stop;
  try {
    const fileId = file.fileId ?? (await currentDoor().giveFile(file.file, signal)).fileId;
    update(id, { fileId });
    const preview = await currentClient().data.preview({ fileId, options: optionsOf(file) }, { signal });
    // What was said meanwhile asks again; this answer is old then.
    if (find(id)?.plan === file.plan) update(id, { stage: 'ready', preview, error: preview.problem });
  } catch (thrown) {
    if (!signal.aborted) update(id, { stage: 'failed', error: describeFailure(thrown) });
  }
}

/** Reads the whole file without storing it, for the verdict; a file that changes is read anew. */
export async function checkFile(id: number, signal: AbortSignal): Promise<void> {
  const file = find(id);
  if (file === undefined || file.fileId === null || !canImport(file)) return;
  const { fileId } = file;
  const put = (check: FileCheck) => !signal.aborted && update(id, { check });
  put({ progress: null, result: null, error: null });
  try {
    const events = await currentClient().data.check({ fileId, options: optionsOf(file) }, { signal });
    for await (const event of events) {
      if (event.type === 'done') put({ progress: null, result: event.result, error: null });
      else put({ progress: event.progress, result: null, error: null });
    }
  } catch (thrown) {
    put({ progress: null, result: null, error: describeFailure(thrown) });
  }
}

/** Imports a file that is ready. */
export function importFile(id: number): void {
  update(id, { stage: 'waiting' });
  importing = importing.then(() => store(id));
}

export function importAllReady(): void {
  for (const file of usePending.getState().files) if (canImport(file)) importFile(file.id);
}

async function store(id: number): Promise<void> {
  const file = find(id);
  if (file === undefined || file.stage !== 'waiting' || file.fileId === null) return;
  const { signal } = file.stop;
  update(id, { stage: 'importing', progress: null });
  try {
    const { fileId } = file;
    // The import takes the file: whatever comes of it, the core holds it no longer.
    update(id, { fileId: null });
    const report = await followJob(currentClient().data.import({ fileId, options: optionsOf(file) }), {
      signal,
      onStarted: watchJob,
      onProgress: (progress) => update(id, { progress }),
    });
    update(id, { stage: 'done', report });
  } catch (thrown) {
    const error = describeFailure(thrown);
    const isCancelled = signal.aborted || error.code === 'cancelled';
    update(id, isCancelled ? { stage: 'cancelled' } : { stage: 'failed', error });
  }
}

/** Stops an import; before the commit nothing is stored. */
export function cancelImport(id: number): void {
  find(id)?.stop.abort();
  update(id, { stage: 'cancelled' });
}

/** Looks at a file again that failed or was stopped. */
export function tryAgain(id: number): void {
  update(id, { stage: 'reading', error: null, report: null, stop: new AbortController() });
  void look(id);
}

export function undoPending(id: number): void {
  const report = find(id)?.report;
  if (report === undefined || report === null) return;
  takeBackImport(report, (isUndone) => update(id, { isUndone }));
}

/** Takes files off the list; the core gives up what was not imported. */
export function discard(ids: readonly number[]): void {
  for (const id of ids) {
    const file = find(id);
    if (file === undefined) continue;
    if (file.stage !== 'importing') file.stop.abort();
    if (file.fileId !== null)
      void currentClient()
        .data.discard({ fileId: file.fileId })
        .catch(() => {});
  }
  usePending.setState(({ files, chosenId }) => {
    const left = files.filter(({ id, stage }) => stage === 'importing' || !ids.includes(id));
    const isChosenLeft = left.some(({ id }) => id === chosenId);
    return { files: left, chosenId: isChosenLeft ? chosenId : (left[0]?.id ?? null) };
  });
}
