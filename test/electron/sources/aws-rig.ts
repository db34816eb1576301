import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface AwsRig {
  readonly endpoint: string;
  fail(fault: { op: string; kind: string; count?: number; after?: number }): Promise<void>;
  requests(): Promise<{ op?: string; path: string; key?: string }[]>;
  stop(): Promise<void>;
}

/**
 * A fuller stand-in of AWS, which checks signatures: a Python program outside this repository, named by
 * `$HINDSIGHT_AWS_RIG`, by default `../shared/aws-rig/fake_aws.py` beside it; it needs Debian's python3-botocore. Null,
 * said loudly, where it is missing or does not start.
 */
export async function startAwsRig(...options: string[]): Promise<AwsRig | null> {
  const script = resolve(ROOT, process.env.HINDSIGHT_AWS_RIG ?? '../shared/aws-rig/fake_aws.py');
  const skip = (why: string) => {
    process.stderr.write(
      `SKIPPED: S3 with checked signatures. ${why} Set HINDSIGHT_AWS_RIG to its script.\n`,
    );
    return null;
  };
  if (!existsSync(script)) return skip(`There is no ${join(dirname(script), 'fake_aws.py')}.`);
  const child = spawn('/usr/bin/python3', [script, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (piece) => (complaint += piece));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  child.once('error', (error) => (complaint += error.message));
  const first = await Promise.race([
    new Promise<string>((line) => createInterface(child.stdout).once('line', line)),
    ended.then(() => null),
  ]);
  if (first === null) return skip(`It does not start: ${complaint.trim().split('\n').at(-1)}.`);
  const { endpoint } = JSON.parse(first) as { endpoint: string };
  return {
    endpoint,
    fail: async (fault) => {
      await fetch(`${endpoint}/_rig/faults`, { method: 'POST', body: JSON.stringify(fault) });
    },
    requests: async () => (await fetch(`${endpoint}/_rig/requests`)).json() as Promise<never>,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
