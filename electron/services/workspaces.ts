import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import {
  WORKSPACE_VERSION,
  type Workspace,
  WorkspaceNameSchema,
  type WorkspaceRead,
  WorkspaceSchema,
  type WorkspaceSummary,
} from '../../shared/contract/schemas.ts';
import type { Changes } from './changes.ts';
import { keepAside, writeWhole } from './plain-file.ts';

const EXTENSION = '.json';
/** No layout is this long; a file that is, is none. */
const MOST_BYTES = 4e6;

/** Arrangements of the window, each a plain file in the library's folder `workspaces`. */
export class WorkspaceService {
  readonly #folder: string;
  readonly #changes: Changes;

  constructor(libraryPath: string, changes: Changes) {
    this.#folder = join(libraryPath, 'workspaces');
    this.#changes = changes;
  }

  /** Last saved first. */
  async list(): Promise<WorkspaceSummary[]> {
    const files = await readdir(this.#folder).catch(() => [] as string[]);
    const found = await Promise.all(
      files
        .filter((file) => file.endsWith(EXTENSION))
        .map((file) => basename(file, EXTENSION))
        .filter((name) => WorkspaceNameSchema.safeParse(name).success)
        .map(async (name) => ({ name, savedAt: (await stat(this.#path(name))).mtimeMs })),
    );
    return found.sort((a, b) => b.savedAt - a.savedAt);
  }

  /** Throws not-found. A file that cannot be used is put aside and told about, never written over. */
  async get(name: string): Promise<WorkspaceRead> {
    const path = this.#path(name);
    try {
      const { size } = await stat(path);
      if (size > MOST_BYTES) throw new Error(`it is ${Math.round(size / 1e6)} MB long`);
      return { name, workspace: parseWorkspace(await readFile(path, 'utf8')), problem: null };
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT')
        throw new AppError('not-found', `There is no workspace ${name} any more`, { file: path });
      const keptAs = await keepAside(path);
      this.#changes.announce('workspaces');
      return { name, workspace: null, problem: { message: (thrown as Error).message, keptAs } };
    }
  }

  async save(name: string, workspace: Workspace): Promise<void> {
    const path = this.#path(name);
    const isNew = await stat(path).then(
      () => false,
      () => true,
    );
    await writeWhole(path, `${JSON.stringify(workspace, null, 1)}\n`);
    if (isNew) this.#changes.announce('workspaces');
  }

  /** Throws not-found. */
  async remove(name: string): Promise<void> {
    await rm(this.#path(name)).catch((thrown: NodeJS.ErrnoException) => {
      throw new AppError('not-found', `The workspace ${name} cannot be removed: ${thrown.message}`);
    });
    this.#changes.announce('workspaces');
  }

  #path(name: string): string {
    return join(this.#folder, `${WorkspaceNameSchema.parse(name)}${EXTENSION}`);
  }
}

/** Throws an Error that says in a few words why the text is no workspace of this version. */
export function parseWorkspace(text: string): Workspace {
  const raw: unknown = JSON.parse(text);
  const version = (raw as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > WORKSPACE_VERSION)
    throw new Error('it was saved by a later Hindsight');
  const checked = WorkspaceSchema.safeParse(raw);
  if (checked.success) return checked.data;
  const { path, message } = checked.error.issues[0]!;
  throw new Error(path.length === 0 ? message : `${path.join('.')}: ${message}`);
}
