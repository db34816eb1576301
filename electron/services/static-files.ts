import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** The only kinds of file a window may load; anything else is as good as absent. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface StaticFile {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly type: string;
  /** For Cache-Control: the page itself is never stored, files with a content hash in their name for good. */
  readonly cache: string;
}

/**
 * The file that a URL's path names below `root`, or null. `urlPath` starts with `/` and is still percent-encoded;
 * `/` is index.html. No path leads out of `root`: not by dots, encodings, backslashes, drives or symbolic links.
 */
export async function readStaticFile(root: string, urlPath: string): Promise<StaticFile | null> {
  const segments = safeSegments(urlPath);
  const type = segments === null ? undefined : TYPES[extname(segments.at(-1)!).toLowerCase()];
  if (segments === null || type === undefined) return null;
  try {
    const path = await realpath(join(root, ...segments));
    if (!path.startsWith((await realpath(root)) + sep)) return null;
    const bytes = await readFile(path);
    return { bytes, type, cache: cacheControl(segments) };
  } catch {
    return null;
  }
}

function safeSegments(urlPath: string): readonly string[] | null {
  if (urlPath === '/') return ['index.html'];
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!path.startsWith('/')) return null;
  const segments = path.slice(1).split('/');
  // Plain names only. A dot may not lead, so neither `..` nor hidden files; no colon, so neither drives nor streams.
  return segments.every((segment) => /^[\w-][\w.-]*$/.test(segment)) ? segments : null;
}

function cacheControl(segments: readonly string[]): string {
  if (segments.at(-1)!.endsWith('.html')) return 'no-store';
  return segments[0] === 'assets' ? 'private, max-age=31536000, immutable' : 'no-cache';
}
