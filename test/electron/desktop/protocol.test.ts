import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { declareAppScheme, serveAppScheme } from '../../../electron/desktop/protocol.ts';
import { protocol } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

let folder: string;
let scheme: string;
let handler: (request: Request) => Response | Promise<Response>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindsight-protocol-'));
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'renderer', 'assets', 'font.woff2'), 'font');
  await writeFile(join(folder, 'secret.json'), 'SECRET');
  serveAppScheme(join(folder, 'renderer'));
  [scheme, handler] = protocol.handle.mock.calls[0]!;
});
afterAll(() => rm(folder, { recursive: true }));

/** A request with its URL exactly as given. */
async function load(url: string, method = 'GET'): Promise<Response> {
  expect(scheme).toBe('app');
  return handler({ url, method } as Request);
}

test('app:// is declared an origin of its own, with nothing that bypasses the policy', () => {
  declareAppScheme();
  expect(protocol.registerSchemesAsPrivileged.mock.calls).toEqual([
    [
      [
        {
          scheme: 'app',
          privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
        },
      ],
    ],
  ]);
});

describe('app://hindsight/', () => {
  test('serves the page with the headers that confine it', async () => {
    const response = await load('app://hindsight/');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  test('serves its files by their types, queries and fragments aside', async () => {
    const font = await load('app://hindsight/assets/font.woff2?x=/../#/..');
    expect(font.status).toBe(200);
    expect(font.headers.get('content-type')).toBe('font/woff2');
    const head = await load('app://hindsight/assets/font.woff2', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test.each([
    'app://hindsight/../secret.json',
    'app://hindsight/assets/../../secret.json',
    'app://hindsight/%2e%2e/secret.json',
    'app://hindsight/..%2Fsecret.json',
    'app://hindsight/..%5Csecret.json',
    'app://hindsight/..\\secret.json',
    'app://hindsight/%252e%252e%252fsecret.json',
    'app://hindsight//secret.json',
    'app://hindsight/secret.json',
    'app://hindsight/index.html%00',
    'app://hindsight/%E0%A4%A',
    'app://other/index.html',
    'app://hindsight.example/index.html',
    'app://hindsight:8080/index.html',
    'app://me@hindsight/index.html',
    'app:///index.html',
    'app:index.html',
    'file:///etc/passwd',
    'http://hindsight/index.html',
  ])('%s is not found', async (url) => {
    const response = await load(url);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('SECRET');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not allowed', async (method) => {
    expect((await load('app://hindsight/', method)).status).toBe(405);
  });
});
