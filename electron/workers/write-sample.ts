import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sampleCsv } from '../../shared/sample/generate-sample.ts';

/** Writes the sample bars as a CSV file. */
export function writeSample({ path }: { readonly path: string }): Promise<void> {
  return pipeline(Readable.from(sampleCsv()), createWriteStream(path));
}
