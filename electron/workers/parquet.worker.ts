import { open } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { toPlainError } from '../../shared/contract/errors.ts';
import { ParquetTable } from './reading/parquet-table.ts';
import type { ParquetAnswer, ParquetQuestion, ParquetSource } from './reading/parquet-thread.ts';
import { inMemory, type RandomAccess, randomAccess } from './reading/random-access.ts';

// Decodes one Parquet file; see reading/parquet-thread.ts.

let table: ParquetTable | null = null;
let lines: ReturnType<ParquetTable['lines']> | null = null;

async function opened(source: ParquetSource): Promise<RandomAccess> {
  if ('bytes' in source) return inMemory(source.bytes);
  const handle = await open(source.path);
  const { size } = await handle.stat();
  return randomAccess(handle, size);
}

async function answerTo(question: ParquetQuestion): Promise<ParquetAnswer> {
  if (question.ask === 'head') {
    table = await ParquetTable.open(await opened(question.source), question.name);
    lines = table.lines();
    return { head: await table.head(question.rows) };
  }
  const next = await lines?.next();
  return { lines: next?.value ?? null, share: table?.share ?? 1 };
}

parentPort?.on('message', async (question: ParquetQuestion) => {
  const answer = await answerTo(question).catch((thrown: unknown) => ({ error: toPlainError(thrown) }));
  const transfer = 'lines' in answer && answer.lines !== null ? [answer.lines.buffer] : [];
  parentPort?.postMessage(answer satisfies ParquetAnswer, transfer);
});
