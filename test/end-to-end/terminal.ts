import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `hindsight` and waits for its end; `interruptAfter` presses Ctrl+C after so many milliseconds. */
export function hindsight(
  args: readonly string[],
  { interruptAfter }: { interruptAfter?: number } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer =
      interruptAfter === undefined ? null : setTimeout(() => child.kill('SIGINT'), interruptAfter);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (timer !== null) clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
