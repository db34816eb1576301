import { createHash } from 'node:crypto';
import { SourceMap } from 'node:module';
import { type Message, stop, transform } from 'esbuild'; // esbuild: types away and imports to calls in about 1 ms, outside this thread
import { AppError } from '../../shared/contract/errors.ts';

export interface CompiledStrategy {
  readonly fileName: string;
  readonly source: string;
  /** SHA-256 of the source, hex. */
  readonly sourceSha256: string;
  /** JavaScript for the compartment: CommonJS, `hindsight` as its only import. */
  readonly code: string;
  /** The same error with its place in the source instead of the compiled code. */
  readonly locate: (error: AppError) => AppError;
}

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/**
 * Strips types. Throws `strategy-syntax` with line and column (from 1) where the source does not parse.
 */
export async function compileStrategy(source: string, fileName: string): Promise<CompiledStrategy> {
  try {
    const { code, map } = await transform(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'es2023',
      sourcemap: 'external',
      sourcefile: fileName,
      logLevel: 'silent',
    });
    const sourceMap = new SourceMap(JSON.parse(map));
    return {
      fileName,
      source,
      sourceSha256: sha256(source),
      code,
      locate: (error) => inSource(error, sourceMap),
    };
  } catch (thrown) {
    const first = (thrown as { errors?: Message[] }).errors?.[0];
    if (first === undefined) throw thrown;
    const { line, column } = first.location ?? { line: 1, column: 0 };
    throw new AppError('strategy-syntax', first.text, {
      file: fileName,
      line,
      column: column + 1,
      hint: 'Correct the line and save again.',
    });
  }
}

/** Ends the compiler's own process; it starts again with the next strategy. */
export const stopCompiler = (): Promise<void> => Promise.resolve(stop());

function inSource(error: AppError, map: SourceMap): AppError {
  const { line, column } = error.detail;
  if (line === undefined || !error.code.startsWith('strategy-')) return error;
  const entry = map.findEntry(line - 1, (column ?? 1) - 1);
  if (!('originalLine' in entry)) return error;
  return new AppError(error.code, error.message, {
    ...error.detail,
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  });
}
