import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError, toPlainError } from '../../shared/contract/errors.ts';
import {
  ParametersSchema,
  type StrategyDetail,
  type StrategySummary,
} from '../../shared/contract/schemas.ts';
import { nearestName } from '../../shared/text/nearest-name.ts';
import type { Changes } from './changes.ts';
import { type CompiledStrategy, compileStrategy, sha256 } from './compile-strategy.ts';
import type { Workers } from './workers.ts';

interface StrategyFile {
  readonly id: string;
  readonly origin: StrategySummary['origin'];
  readonly fileName: string;
  readonly source: string;
}

/** Strategies are plain .ts files: the built-in ones ship with Hindsight, the user's lie in the library's folder. */
export class StrategyService {
  readonly #builtIn: string;
  readonly #own: string;
  readonly #workers: Workers;
  readonly #changes: Changes;

  constructor(resourcesPath: string, libraryPath: string, workers: Workers, changes: Changes) {
    this.#builtIn = join(resourcesPath, 'strategies');
    this.#own = join(libraryPath, 'strategies');
    this.#workers = workers;
    this.#changes = changes;
  }

  async list(): Promise<StrategySummary[]> {
    return (await this.#files()).map(summaryOf);
  }

  async get(strategyId: string): Promise<StrategyDetail> {
    return this.#describe(await this.#byId(strategyId));
  }

  /** A library strategy by id, compiled. */
  async compile(
    strategyId: string,
  ): Promise<CompiledStrategy & { readonly id: string; readonly name: string }> {
    const file = await this.#byId(strategyId);
    return {
      ...(await compileStrategy(file.source, file.fileName)),
      id: file.id,
      name: summaryOf(file).name,
    };
  }

  async save(fileName: string, source: string): Promise<StrategyDetail> {
    const id = idOf(fileName);
    if ((await this.#files()).some((file) => file.id === id && file.origin === 'built-in')) {
      throw new AppError('bad-request', `${fileName} is the name of a built-in strategy`, {
        file: fileName,
        field: 'fileName',
        hint: 'Rename the file and add it again.',
      });
    }
    await mkdir(this.#own, { recursive: true });
    const path = join(this.#own, fileName);
    // Written aside and renamed, so that a crash leaves the old file or the new one.
    await writeFile(`${path}.part`, source, { flush: true });
    await rename(`${path}.part`, path);
    this.#changes.announce('strategies');
    return this.#describe({ id, origin: 'user', fileName, source });
  }

  async remove(strategyId: string): Promise<void> {
    const file = await this.#byId(strategyId);
    if (file.origin === 'built-in') {
      throw new AppError('bad-request', 'Built-in strategies cannot be removed', { field: 'strategyId' });
    }
    await rm(join(this.#own, file.fileName));
    this.#changes.announce('strategies');
  }

  async #describe(file: StrategyFile): Promise<StrategyDetail> {
    const known = {
      ...summaryOf(file),
      fileName: file.fileName,
      source: file.source,
      sourceSha256: sha256(file.source),
    };
    try {
      const compiled = await compileStrategy(file.source, file.fileName);
      const { params } = await describeStrategy(this.#workers, compiled);
      return { ...known, params, error: null };
    } catch (thrown) {
      return { ...known, params: null, error: toPlainError(thrown) };
    }
  }

  async #byId(strategyId: string): Promise<StrategyFile> {
    const files = await this.#files();
    const found = files.find((file) => file.id === strategyId);
    if (found !== undefined) return found;
    const near = nearestName(
      strategyId,
      files.map((file) => file.id),
    );
    throw new AppError('not-found', `There is no strategy "${strategyId}"`, {
      field: 'strategy',
      hint:
        near === null ? 'Name a strategy of the library or the path of a .ts file.' : `Did you mean ${near}?`,
    });
  }

  async #files(): Promise<StrategyFile[]> {
    const [builtIn, own] = await Promise.all([
      readFolder(this.#builtIn, 'built-in'),
      readFolder(this.#own, 'user'),
    ]);
    return [...builtIn, ...own];
  }
}

/** Declared parameters, read in the locked-down worker. Errors carry their place in the source. */
export async function describeStrategy(workers: Workers, { code, fileName, locate }: CompiledStrategy) {
  try {
    const { params } = await workers.backtests.run('describe', { code, fileName });
    const checked = ParametersSchema.safeParse(params);
    if (checked.success) return { params: checked.data };
    const field = String(checked.error.issues[0]?.path[0] ?? 'params');
    throw new AppError(
      'strategy-error',
      `The declaration of the parameter "${field}" is not one of Hindsight’s`,
      {
        file: fileName,
        field,
        hint: 'Declare parameters with integer(), number(), boolean(), choice() or text().',
      },
    );
  } catch (thrown) {
    throw thrown instanceof AppError ? locate(thrown) : thrown;
  }
}

const idOf = (fileName: string) => basename(fileName, '.ts');

/** Name and description come from the file itself: its name in words, the first sentence of its leading comment. */
function summaryOf({ id, origin, source }: StrategyFile): StrategySummary {
  const comment = /^\s*(?:\/\*\*?([\s\S]*?)\*\/|((?:\/\/[^\n]*\n)+))/.exec(source);
  const text = (comment?.[1] ?? comment?.[2] ?? '').replace(/^\s*(?:\*|\/\/)\s?/gm, '').replace(/\s+/g, ' ');
  const description = /^.*?[.!?](?=\s|$)/.exec(text.trim())?.[0] ?? text.trim();
  const words = id.replace(/[-_]+/g, ' ').trim();
  const name = words.charAt(0).toUpperCase() + words.slice(1);
  return {
    id,
    name: name.replace(/\b(sma|ema|rsi|obv|vwap|macd|adx)\b/gi, (word) => word.toUpperCase()),
    origin,
    description,
  };
}

async function readFolder(folder: string, origin: StrategySummary['origin']): Promise<StrategyFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new AppError('file-unreadable', `Cannot read the strategies folder ${folder}: ${error.message}`);
  });
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).sort();
  return Promise.all(
    files.map(async (fileName) => ({
      id: idOf(fileName),
      origin,
      fileName,
      source: await readFile(join(folder, fileName), 'utf8'),
    })),
  );
}
