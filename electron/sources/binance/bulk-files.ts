import { AppError } from '../../../shared/contract/errors.ts';
import type { CallOptions, HttpClient } from '../http-client.ts';
import type { PartialFile } from '../partial-file.ts';

// https://github.com/binance/binance-public-data: whole months as zip files, each with a file that holds its SHA-256.

/** Downloads of a file whose content is not what its checksum says. */
const ATTEMPTS = 3;

export function bulkUrl(base: string, symbol: string, every: string, month: string): URL {
  return new URL(`${base}/data/spot/monthly/klines/${symbol}/${every}/${symbol}-${every}-${month}.zip`);
}

/** Fetches a zip file and checks it against its checksum. False where there is none: no bars, or not published yet. */
export async function fetchBulkFile(
  http: HttpClient,
  url: URL,
  file: PartialFile,
  options: CallOptions,
): Promise<boolean> {
  const expected = await checksum(http, url, options);
  if (expected === null) return false;
  for (let attempt = 1; ; attempt++) {
    await http.download(url, file, options);
    if ((await file.digest('sha256')) === expected) return true;
    await file.restart();
    if (attempt === ATTEMPTS) {
      throw new AppError('source-failed', `${nameOf(url)} does not match its checksum, ${ATTEMPTS} times`, {
        hint: 'Fetch again later: Binance may be replacing the file.',
      });
    }
  }
}

/** `<sha256>  <file name>`, as sha256sum writes it. */
async function checksum(http: HttpClient, url: URL, options: CallOptions): Promise<string | null> {
  try {
    const text = await http.text(new URL(`${url.href}.CHECKSUM`), options);
    const found = /^([0-9a-f]{64})\b/i.exec(text.trim())?.[1];
    if (found !== undefined) return found.toLowerCase();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'not-found') return null;
    throw thrown;
  }
  throw new AppError('source-failed', `The checksum of ${nameOf(url)} is none`, {
    hint: 'Check the address of the files in the settings of the source.',
  });
}

export const nameOf = (url: URL): string => url.pathname.split('/').at(-1)!;
