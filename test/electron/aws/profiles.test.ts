import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awsProfiles, usualProfile } from '../../../electron/aws/profiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-profiles-'));
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('no files, no profiles', async () => {
  expect(await awsProfiles()).toEqual([]);
});

test('of both files, with regions and endpoints, without a secret', async () => {
  writeFileSync(
    join(folder, 'config'),
    `[default]
region = us-east-1
[profile sso]
sso_session = work
region = eu-west-1
[profile minio]
endpoint_url = http://127.0.0.1:9000
[profile flat-files]
services = vendor
endpoint_url = https://ignored.example
[sso-session work]
sso_region = eu-west-1
[services vendor]
s3 =
  endpoint_url = https://files.vendor.example
`,
  );
  writeFileSync(
    join(folder, 'credentials'),
    '[default]\naws_access_key_id = AKIACANARY\naws_secret_access_key = canary\n[only-here]\nregion = eu-north-1\naws_secret_access_key = canary\n',
  );
  const profiles = await awsProfiles();
  expect(profiles).toEqual([
    { name: 'default', region: 'us-east-1', s3Endpoint: null },
    { name: 'flat-files', region: null, s3Endpoint: 'https://files.vendor.example' },
    { name: 'minio', region: null, s3Endpoint: 'http://127.0.0.1:9000' },
    { name: 'only-here', region: 'eu-north-1', s3Endpoint: null },
    { name: 'sso', region: 'eu-west-1', s3Endpoint: null },
  ]);
  expect(JSON.stringify(profiles)).not.toMatch(/canary/i);
});

test('a change of the files is seen at once', async () => {
  writeFileSync(join(folder, 'config'), '[profile a]\nregion = x\n');
  expect((await awsProfiles()).map(({ name }) => name)).toEqual(['a']);
  writeFileSync(join(folder, 'config'), '[profile a]\nregion = x\n[profile b]\nregion = y\n');
  expect((await awsProfiles()).map(({ name }) => name)).toEqual(['a', 'b']);
});

test('the usual profile', () => {
  expect(usualProfile({})).toBe('default');
  expect(usualProfile({ AWS_PROFILE: 'work' })).toBe('work');
});
