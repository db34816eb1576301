import { AppError } from '../../shared/contract/errors.ts';
import { openFile, type SourceFile } from './reading/open-file.ts';
import { asUtf8 } from './reading/pieces.ts';

/**
 * Streams a text file as UTF-8 bytes, piece by piece: whatever it is packed in is unpacked, UTF-16 transcoded; of an archive
 * the first file is read. `onRead` gets the bytes read of the file so far and its size. Returns the SHA-256 of the file as
 * it lies on disk. Throws file-unreadable (missing, no permission, cut short, damaged) or file-format (no text).
 */
export async function readTextFile(
  file: SourceFile,
  onRead: (done: number, total: number) => void,
  consume: (bytes: Uint8Array) => void,
): Promise<{ sha256: string; bytes: number }> {
  const opened = await openFile(file, onRead);
  try {
    for await (const { content } of opened.entries()) {
      if (content.kind !== 'text') {
        throw new AppError('file-format', 'This is a Parquet file; text is needed', {
          file: file.name,
          hint: 'Export it as CSV.',
        });
      }
      for await (const piece of asUtf8(content.pieces)) consume(piece);
      break;
    }
    return { sha256: await opened.sha256(), bytes: opened.bytes };
  } finally {
    await opened.close();
  }
}
