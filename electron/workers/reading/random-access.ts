import type { FileHandle } from 'node:fs/promises';

/** A file that is read in any order, as hyparquet wants it. */
export interface RandomAccess {
  readonly byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

export function randomAccess(handle: FileHandle, size: number): RandomAccess {
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
        if (bytesRead === 0) throw new Error('it is shorter than it was');
        filled += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

export const inMemory = (bytes: Uint8Array<ArrayBuffer>): RandomAccess => ({
  byteLength: bytes.length,
  slice: async (start, end) => bytes.slice(start, end).buffer,
});
