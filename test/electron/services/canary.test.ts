import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLibraryApp } from '../sources/library-app.ts';
import { AlpacaStandIn } from '../sources/stand-ins/alpaca-stand-in.ts';
import { S3StandIn } from '../sources/stand-ins/s3-stand-in.ts';
import { barLines, csvOf, range } from '../store/temporary-library.ts';

// Secrets that would be noticed anywhere: after fetches that went well and fetches that failed, they stand in no file of
// the library and in nothing that was printed, in no form that bytes are usually written in.

const CLI = fileURLToPath(new URL('../../../electron/cli/main.ts', import.meta.url));
const AWS = { id: 'AKIACANARYCANARY0001', secret: 'CanaryAwsSecret/7f3b+0123456789abcdef0001' };
const ALPACA = { id: 'PKCANARYALPACA000001', secret: 'CanaryAlpacaSecret9a8b7c6d5e4f00000001' };
const SECRETS = [AWS.id, AWS.secret, ALPACA.id, ALPACA.secret];
const FORMS = SECRETS.flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('hex'),
  // Base64 of a text inside a longer one begins at any of three places; the middle is the same.
  ...['', 'x', 'xx'].map((before) =>
    Buffer.from(before + secret)
      .toString('base64')
      .slice(4, -4),
  ),
]);

let folder: string;
let s3: S3StandIn;
let alpaca: AlpacaStandIn;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-canary-'));
  s3 = await new S3StandIn({ bucket: 'my-bars', keyIds: [AWS.id], deniedKeyIds: [], pageSize: 10 }).start();
  s3.put('bars/a.csv.gz', gzipSync(csvOf(barLines(range(0, 500)))));
  alpaca = await new AlpacaStandIn({
    keyId: ALPACA.id,
    secretKey: ALPACA.secret,
    listed: { AAPL: 0 },
    now: Date.UTC(2024, 6, 10),
    pageSize: 1000,
  }).start();
  const keys = `aws_access_key_id = ${AWS.id}\naws_secret_access_key = ${AWS.secret}\n`;
  writeFileSync(join(folder, 'credentials'), `[quant]\n${keys}`);
  writeFileSync(join(folder, 'config'), `[profile quant]\nregion = eu-west-1\nendpoint_url = ${s3.url}\n`);
});
afterAll(async () => {
  await Promise.all([s3.stop(), alpaca.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** What a command printed, on both outputs. */
function hindsight(...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...words, '--library', join(folder, 'library')], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      APCA_API_KEY_ID: ALPACA.id,
      APCA_API_SECRET_KEY: ALPACA.secret,
    },
  });
  let printed = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (piece) => (printed += piece));
  return new Promise((resolve) => child.once('close', () => resolve(printed)));
}

const found = (content: Buffer | string) => FORMS.filter((form) => content.includes(form));

function foundBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return found(readFileSync(path)).map((form) => `${path}: ${form}`);
  return readdirSync(path).flatMap((name) => foundBelow(join(path, name)));
}

test('no secret in a file or in what is printed', { timeout: 120_000 }, async () => {
  const printed: string[] = [];
  const run = async (...words: string[]) => printed.push(await hindsight(...words));
  const libraryPath = join(folder, 'library');
  mkdirSync(libraryPath);
  const app = await openLibraryApp({ libraryPath });
  const bars = { bucket: 'my-bars', prefix: 'bars/', profile: 'quant' };
  await app.sources.set({ id: 's3', enabled: true, settings: bars });
  await app.sources.set({ id: 'alpaca', enabled: true, settings: { url: alpaca.url } });
  app.close();
  await run('fetch', 's3', '--json');
  s3.fail({
    kind: 'answer',
    status: 403,
    times: 9,
    body: `<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>${AWS.id}</AWSAccessKeyId></Error>`,
  });
  await run('fetch', 's3');
  await run('fetch', 'alpaca', 'AAPL', '--from', '2024-07-01', '--to', '2024-07-01', '--json');
  alpaca.fail({
    kind: 'answer',
    status: 403,
    body: `{"message":"key ${ALPACA.id} with ${ALPACA.secret} is not known"}`,
  });
  await run('fetch', 'alpaca', 'AAPL', '--from', '2024-07-02', '--to', '2024-07-02');
  await run('sources', 'list', '--json');

  expect(printed[0]).toContain('"stored": 500');
  expect(printed[1]).toContain('does not accept the key of the profile quant');
  expect(printed[2]).toContain('"stored": 1440');
  expect(printed[3]).toContain('does not accept the key (403)');
  expect(printed.flatMap(found)).toEqual([]);
  expect(foundBelow(join(folder, 'library'))).toEqual([]);
  // Both were used, and the search finds what is there.
  expect(s3.requests[0]!.headers.authorization).toContain(AWS.id);
  expect(alpaca.requests[0]!.headers['apca-api-secret-key']).toBe(ALPACA.secret);
  expect(foundBelow(join(folder, 'credentials'))).not.toEqual([]);
  expect(found(Buffer.from(`xyz${ALPACA.secret}abc`).toString('base64'))).not.toEqual([]);
});
