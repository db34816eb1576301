import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { PartialFiles } from '../../../electron/sources/partial-file.ts';
import { s3 } from '../../../electron/sources/s3.ts';
import { toPlainError } from '../../../shared/contract/errors.ts';
import { opened } from './open-source.ts';
import { S3StandIn } from './stand-ins/s3-stand-in.ts';
import { TestClock } from './test-clock.ts';

const BUCKET = 'my-bars';
const body = new Uint8Array(700_000).map((_, index) => (index * 31 + (index >> 8)) % 251);

let server: S3StandIn;
let folder: string;
let clock: TestClock;
let source: Awaited<ReturnType<typeof opened>>;
const open = (settings: Record<string, string> = {}, signal?: AbortSignal) =>
  opened(s3(clock), {
    settings: { bucket: BUCKET, prefix: 'bars/', profile: 'quant', ...settings },
    ...(signal === undefined ? {} : { signal }),
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-aws-'));
  writeFileSync(
    join(folder, 'credentials'),
    '[quant]\naws_access_key_id = AKIAQUANT\naws_secret_access_key = s3cr3tCanary\n' +
      '[denied]\naws_access_key_id = AKIADENIED\naws_secret_access_key = s3cr3tCanary\n' +
      '[stranger]\naws_access_key_id = AKIASTRANGER\naws_secret_access_key = s3cr3tCanary\n',
  );
  server = await new S3StandIn({
    bucket: BUCKET,
    keyIds: ['AKIAQUANT'],
    deniedKeyIds: ['AKIADENIED'],
    pageSize: 3,
  }).start();
  const profile = (name: string) => `[profile ${name}]\nregion = eu-west-1\nendpoint_url = ${server.url}\n`;
  writeFileSync(
    join(folder, 'config'),
    ['quant', 'denied', 'stranger', 'empty'].map(profile).join('') +
      `[profile mfa]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = quant\nmfa_serial = arn:aws:iam::1:mfa/me\n` +
      `[profile sso]\nregion = eu-west-1\nsso_start_url = https://x.example/start\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = r\n` +
      `[profile no-region]\nendpoint_url = ${server.url}\naws_access_key_id = AKIAQUANT\naws_secret_access_key = s3cr3tCanary\n`,
  );
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  for (const name of [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_S3',
  ]) {
    vi.stubEnv(name, undefined);
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  server.reset();
  server.objects.clear();
  clock = new TestClock(Date.UTC(2024, 6, 1));
  source = await open();
  return () => source.close();
});

const failureOf = async (promise: Promise<unknown>) =>
  toPlainError(
    await promise.then(
      () => expect.unreachable(),
      (thrown: unknown) => thrown,
    ),
  );
const everything = { symbols: [] };
const ranges = () =>
  server.requests.filter(({ url }) => !url.search.includes('list-type')).map(({ headers }) => headers.range);

describe('the plan', () => {
  test('all objects that may hold bars, page by page', async () => {
    const bars = [
      'bars/2024/AAL.L.csv.gz',
      'bars/2024/a b+c&d.csv',
      'bars/VOD.L.parquet',
      'bars/x.zip',
      'bars/y.txt',
    ];
    for (const key of bars) server.put(key, 'x');
    server.put('bars/empty.csv', '');
    for (const key of [
      'bars/',
      'bars/_SUCCESS',
      'bars/.hidden.csv',
      'bars/model.tar',
      'bars/notes.pdf',
      'other/z.csv',
    ]) {
      server.put(key, 'x');
    }
    const { parts } = await source.plan(everything);
    expect(parts.map(({ subject }) => subject)).toEqual([...bars].sort());
    expect(parts.map(({ name }) => name)).toContain('2024/a b+c&d.csv');
    expect(server.requests.filter(({ url }) => url.search.includes('list-type=2'))).toHaveLength(4);
    expect(parts[0]).toMatchObject({
      bytes: 1,
      origins: [`s3://${BUCKET}/bars/2024/AAL.L.csv.gz#9dd4e461268c8034f5c8564e155c67a6,1`],
    });
  });

  test('single objects and folders under the prefix', async () => {
    server.put('bars/2024/a.csv', '12');
    server.put('bars/2024/b.csv', '12');
    server.put('bars/2023/a.csv', '12');
    server.put('bars/model.bin', '12');
    const plan = await source.plan({ symbols: ['2024/', 'bars/2023/a.csv', 'model.bin', '2024/none.csv'] });
    expect(plan.parts.map(({ subject }) => subject)).toEqual([
      'bars/2024/a.csv',
      'bars/2024/b.csv',
      'bars/2023/a.csv',
      'bars/model.bin',
    ]);
    expect(plan.unknown).toMatchObject([
      {
        subject: '2024/none.csv',
        error: { code: 'not-found', message: 'There is no s3://my-bars/bars/2024/none.csv' },
      },
    ]);
  });

  test('a changed object is another part', async () => {
    server.put('bars/a.csv', 'one');
    const [before] = (await source.plan(everything)).parts;
    server.put('bars/a.csv', 'two');
    const [after] = (await source.plan(everything)).parts;
    expect(after!.origins).not.toEqual(before!.origins);
  });

  test('an empty prefix takes the whole bucket', async () => {
    server.put('a.csv', 'x');
    const whole = await open({ prefix: '' });
    expect((await whole.plan(everything)).parts).toMatchObject([{ name: 'a.csv', subject: 'a.csv' }]);
    whole.close();
  });
});

describe('an object', () => {
  const fetchFirst = async () => source.fetchPart((await source.plan(everything)).parts[0]!);

  test.each([
    ['in one piece', 'put'],
    ['as a multipart upload leaves it', 'putInParts'],
  ] as const)('%s', async (_, how) => {
    server[how]('bars/2024/AAL.L.csv', body);
    const fetched = (await fetchFirst())!;
    expect(fetched.name).toBe('AAL.L.csv');
    expect(fetched.content.equals(body)).toBe(true);
    expect(fetched.bytes).toBe(body.length);
    expect(readdirSync(source.folder)).toEqual([]);
  });

  test('that broke off goes on where it did, of the same version only', async () => {
    server.putInParts('bars/a.csv', body);
    server.fail({ kind: 'truncate', times: 4, on: ({ pathname }) => pathname.endsWith('a.csv') });
    expect((await fetchFirst())!.content.equals(body)).toBe(true);
    expect(ranges()).toHaveLength(5);
    expect(ranges()[0]).toBeUndefined();
    for (const range of ranges().slice(1)) expect(range).toMatch(/^bytes=[1-9]\d+-$/);
    const etag = server.objects.get('bars/a.csv')!.etag;
    for (const { headers, url } of server.requests) {
      if (url.pathname.endsWith('a.csv')) expect(headers['if-match']).toBe(`"${etag}"`);
    }
  });

  test('goes on from what an earlier process has left', async () => {
    server.put('bars/a.csv', body);
    const [part] = (await source.plan(everything)).parts;
    const left = await new PartialFiles(source.folder).claim(part!.origins[0]!);
    await left.append(body.subarray(0, 123_456));
    await left.release();
    expect((await source.fetchPart(part!))!.content.equals(body)).toBe(true);
    expect(ranges()).toEqual(['bytes=123456-']);
  });

  test('what was left of something else is found out by the ETag, and fetched anew', async () => {
    server.put('bars/a.csv', body);
    const [part] = (await source.plan(everything)).parts;
    for (const length of [1000, body.length]) {
      server.requests.length = 0;
      const left = await new PartialFiles(source.folder).claim(part!.origins[0]!);
      await left.append(new Uint8Array(length));
      await left.release();
      expect((await source.fetchPart(part!))!.content.equals(body)).toBe(true);
      expect(ranges()).toEqual([`bytes=${Math.min(length, body.length - 1)}-`, undefined]);
    }
  });

  test('that never matches its ETag is refused', async () => {
    server.put('bars/a.csv', body);
    server.fail({ kind: 'corrupt', times: 100, on: ({ pathname }) => pathname.endsWith('a.csv') });
    expect(await failureOf(fetchFirst())).toMatchObject({
      code: 'source-failed',
      message: 'bars/a.csv does not match its ETag, 3 times',
    });
  });

  test('that changes in between is not mixed', async () => {
    server.put('bars/a.csv', body);
    const [part] = (await source.plan(everything)).parts;
    server.put('bars/a.csv', body.subarray(1));
    expect(await failureOf(source.fetchPart(part!))).toMatchObject({
      code: 'source-failed',
      message: 's3://my-bars/bars/a.csv changed while it was being fetched',
    });
  });

  test('is stopped at once', async () => {
    server.put('bars/a.csv', body);
    const stop = new AbortController();
    const stopped = await open({}, stop.signal);
    const [part] = (await stopped.plan(everything)).parts;
    server.fail({ kind: 'hang' });
    const fetching = stopped.fetchPart(part!);
    while (server.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect((await failureOf(fetching)).code).toBe('cancelled');
    expect(server.requests).toHaveLength(2);
    stopped.close();
  });
});

describe('refusals name the profile and what to do', () => {
  const refused = async (settings: Record<string, string>, symbols: string[] = []) => {
    const other = await open(settings);
    try {
      return await failureOf(other.plan({ symbols }));
    } finally {
      other.close();
    }
  };
  test.each([
    [
      { profile: 'denied' },
      'source-denied',
      'The profile denied may not do s3:ListBucket on s3://my-bars/bars/ (AccessDenied)',
      /permission s3:ListBucket/,
    ],
    [
      { profile: 'stranger' },
      'source-denied',
      /does not accept the key of the profile stranger/,
      /aws configure/,
    ],
    [
      { profile: 'empty' },
      'source-denied',
      /no usable credentials in the profile empty/,
      /aws configure --profile empty/,
    ],
    [{ profile: 'mfa' }, 'source-denied', 'The profile mfa asks for a code (MFA)', /get-session-token/],
    [
      { profile: 'sso' },
      'source-denied',
      'The session of the profile sso is over',
      /aws sso login --profile sso/,
    ],
    [{ profile: 'no-region' }, 'source-off', 'No region is set for S3', /eu-west-1/],
    [{ bucket: 'other-bucket' }, 'not-found', 'There is no bucket other-bucket', /name/],
  ])('%o', async (settings, code, message, hint) => {
    const failure = await refused(settings);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.detail.hint).toMatch(hint);
  });

  test('an object that may not be read', async () => {
    expect(await refused({ profile: 'denied' }, ['a.csv'])).toMatchObject({
      code: 'source-denied',
      message: expect.stringMatching(/may not do s3:GetObject on s3:\/\/my-bars\/bars\/a\.csv/),
    });
  });

  const xml = (code: string) => `<Error><Code>${code}</Code><Message>m</Message></Error>`;
  test.each([
    [
      400,
      'ExpiredToken',
      'source-denied',
      'The session of the profile quant is over',
      /aws sso login --profile quant/,
    ],
    [
      403,
      'RequestTimeTooSkewed',
      'source-denied',
      /The clock of this computer is wrong by \d+ minutes/,
      /Set the clock/,
    ],
    [503, 'SlowDown', 'source-limit', 'S3 wants to be asked less often (SlowDown)', /few minutes/],
    [500, 'InternalError', 'source-failed', 'S3 is in trouble (InternalError)', /few minutes/],
    [301, 'PermanentRedirect', 'source-failed', 'The bucket my-bars lies in another region', /region/],
  ] as const)('%d %s', async (status, code, ours, message, hint) => {
    const date = new Date(Date.now() - 25 * 60_000).toUTCString();
    server.fail({ kind: 'answer', status, body: xml(code), headers: { Date: date }, times: 100 });
    const failure = await failureOf(source.plan(everything));
    expect(failure.code).toBe(ours);
    expect(failure.message).toMatch(message);
    expect(failure.detail.hint).toMatch(hint);
  });

  test('nobody there', async () => {
    const gone = await new S3StandIn({ bucket: BUCKET, keyIds: [], deniedKeyIds: [], pageSize: 1 }).start();
    vi.stubEnv('AWS_ENDPOINT_URL', gone.url);
    await gone.stop();
    expect(await refused({})).toMatchObject({
      code: 'network',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  });

  test('no secret in any of it', async () => {
    for (const profile of ['denied', 'stranger', 'empty', 'mfa', 'no-region']) {
      expect(JSON.stringify(await refused({ profile }))).not.toContain('s3cr3tCanary');
    }
  });
});

test('profiles are found by name, a missing one is told', async () => {
  const definition = s3(clock);
  const profiles = definition.settings.find(({ name }) => name === 'profile')!;
  expect(await profiles.choices!()).toEqual([
    'denied',
    'empty',
    'mfa',
    'no-region',
    'quant',
    'sso',
    'stranger',
  ]);
  expect(await definition.missing({ bucket: '', profile: '' })).toMatch(/bucket/);
  expect(await definition.missing({ bucket: 'b', profile: '' })).toBeNull();
  expect(await definition.missing({ bucket: 'b', profile: 'quant' })).toBeNull();
  expect(await definition.missing({ bucket: 'b', profile: 'nobody' })).toMatch(/no profile nobody/);
  expect(server.requests).toHaveLength(0);
});
