import { parentPort } from 'node:worker_threads';
import { toPlainError } from '../../shared/contract/errors.ts';
import type { EncodeReply, EncodeRequest } from './bar-encoder.ts';
import { chunkBuffers, encodeChunk } from './encode-chunk.ts';

// Encodes the windows of bars that the import thread has read, beside it.

parentPort?.on('message', ({ id, window, bars }: EncodeRequest) => {
  try {
    const chunk = encodeChunk(window, bars);
    parentPort?.postMessage({ id, chunk } satisfies EncodeReply, chunkBuffers(chunk));
  } catch (thrown) {
    parentPort?.postMessage({ id, error: toPlainError(thrown) } satisfies EncodeReply);
  }
});
