import { protocol } from 'electron';
import { pageHeaders } from '../services/page-headers.ts';
import { readStaticFile } from '../services/static-files.ts';
import { APP_SCHEME, APP_URL, isAppUrl } from './app-origin.ts';

/** Declares app://hindsight/ an origin like https. Must run before Electron is ready. */
export function declareAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

/** Answers app://hindsight/ from the folder of the built renderer; the page never sees file://. */
export function serveAppScheme(rendererPath: string): void {
  protocol.handle(APP_SCHEME, async ({ url, method }) => {
    if (!isAppUrl(url)) return answer(404, 'not found');
    if (method !== 'GET' && method !== 'HEAD') return answer(405, 'method not allowed');
    const path = url.slice(APP_URL.length - 1).replace(/[?#].*$/s, '');
    const file = await readStaticFile(rendererPath, path);
    if (file === null) return answer(404, 'not found');
    return answer(200, method === 'HEAD' ? null : file.bytes, file.type, file.cache);
  });
}

function answer(
  status: number,
  body: string | Buffer<ArrayBuffer> | null,
  type = 'text/plain; charset=utf-8',
  cache = 'no-store',
): Response {
  return new Response(body, {
    status,
    headers: { ...pageHeaders(), 'Content-Type': type, 'Cache-Control': cache },
  });
}
