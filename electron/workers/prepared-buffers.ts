import { chunkBuffers } from './encode-chunk.ts';
import type { PreparedImport } from './tasks.ts';

/** The memory of a prepared import, to be handed from thread to thread. */
export function preparedBuffers({ changes, rejectList }: PreparedImport): ArrayBuffer[] {
  const chunks = changes.flatMap((change) => change.chunks);
  return [rejectList.buffer, ...chunks.flatMap(chunkBuffers)];
}
