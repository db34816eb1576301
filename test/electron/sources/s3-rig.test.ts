import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { s3 } from '../../../electron/sources/s3.ts';
import { toPlainError } from '../../../shared/contract/errors.ts';
import { startAwsRig } from './aws-rig.ts';
import { opened } from './open-source.ts';
import { TestClock } from './test-clock.ts';

const BUCKET = 'rig-bucket';
const USER = { id: 'AKIARIGUSER00000001', secret: 'rigSecretKey0000000000000000000000000001' };
const PROFILES = {
  user: USER,
  expired: { id: 'ASIARIGEXPIRED00001', secret: 'rigSecretKey0000000000000000000000000003' },
  denied: { id: 'AKIARIGDENIED000001', secret: 'rigSecretKey0000000000000000000000000004' },
  wrong: { id: 'AKIARIGUSER00000001', secret: 'rigSecretKey000000000000000000000000wrong' },
};
const PART_BYTES = 5 * 2 ** 20;

const rig = await startAwsRig('--page-size', '2', '--start-buckets', BUCKET);

describe.skipIf(rig === null)('S3 with checked signatures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hindsight-rig-'));
  const big = new Uint8Array(2 * PART_BYTES + 12_345).map((_, index) => (index * 131 + (index >> 9)) % 255);

  beforeAll(async () => {
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
    vi.stubEnv('AWS_ENDPOINT_URL', rig!.endpoint);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    writeFileSync(join(folder, 'config'), '');
    const lines = Object.entries(PROFILES).map(
      ([name, { id, secret }]) => `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
    );
    writeFileSync(join(folder, 'credentials'), lines.join(''));
    const client = new S3Client({
      endpoint: rig!.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: USER.id, secretAccessKey: USER.secret },
    });
    for (const name of ['a b+c.csv', 'ü.csv', 'z.csv', 'y.csv', 'x.csv']) {
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: `bars/${name}`, Body: name }));
    }
    const target = { Bucket: BUCKET, Key: 'big/bars.parquet' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
    const Parts = [];
    for (let PartNumber = 1; PartNumber <= 3; PartNumber++) {
      const Body = big.subarray((PartNumber - 1) * PART_BYTES, PartNumber * PART_BYTES);
      const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    }
    await client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }),
    );
    client.destroy();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
    await rig?.stop();
  });

  const open = (settings: Record<string, string>) =>
    opened(s3(new TestClock(Date.now())), { settings: { bucket: BUCKET, profile: 'user', ...settings } });

  test('lists page by page and fetches what it lists', async () => {
    const source = await open({ prefix: 'bars/' });
    const { parts } = await source.plan({ symbols: [] });
    expect(parts.map(({ name }) => name)).toEqual(['a b+c.csv', 'x.csv', 'y.csv', 'z.csv', 'ü.csv']);
    for (const part of parts) {
      expect((await source.fetchPart(part))!.content.toString()).toBe(part.name);
    }
    const lists = (await rig!.requests()).filter(
      ({ op, path }) => op === 'ListObjectsV2' && path.includes('bars'),
    );
    expect(lists).toHaveLength(3);
    source.close();
  });

  test('a multipart object that breaks off goes on with a range', async () => {
    const source = await open({ prefix: 'big/' });
    const { parts } = await source.plan({ symbols: [] });
    expect(parts[0]!.origins[0]).toMatch(/#[0-9a-f]{32}-3,/);
    await rig!.fail({ op: 'GetObject', kind: 'truncate', count: 3 });
    await rig!.fail({ op: 'GetObject', kind: 'reset', after: 3 });
    const fetched = (await source.fetchPart(parts[0]!))!;
    expect(fetched.content.equals(big)).toBe(true);
    source.close();
  });

  test('throttling passes', async () => {
    const source = await open({ prefix: 'bars/' });
    await rig!.fail({ op: 'ListObjectsV2', kind: 'throttle', count: 2 });
    await rig!.fail({ op: 'ListObjectsV2', kind: 'http500', count: 1 });
    expect((await source.plan({ symbols: [] })).parts).toHaveLength(5);
    source.close();
  });

  test.each([
    ['expired', 'source-denied', /session of the profile expired is over/, /aws sso login --profile expired/],
    ['denied', 'source-denied', /may not do s3:ListBucket/, /s3:ListBucket/],
    ['wrong', 'source-denied', /does not accept the key of the profile wrong/, /aws configure/],
  ])('the profile %s', async (profile, code, message, hint) => {
    const source = await open({ profile });
    const failure = await source.plan({ symbols: [] }).then(
      () => expect.unreachable(),
      (thrown: unknown) => toPlainError(thrown),
    );
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.detail.hint).toMatch(hint);
    expect(JSON.stringify(failure)).not.toMatch(/rigSecretKey/);
    source.close();
  });
});
