import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// Starts the scripts of this folder as processes of their own: the application, without a window.

export const RESOURCES = fileURLToPath(new URL('../../../resources', import.meta.url));

export interface Child {
  readonly process: ChildProcess;
  /** Lines of its standard output so far. */
  readonly lines: string[];
  /** Settles with the first line that fits. */
  line(pattern: RegExp): Promise<string>;
  /** Settles when the process is gone: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** `fileBlocks`: files may not grow beyond so many kilobytes (RLIMIT_FSIZE). */
export function startChild(
  script: string,
  args: readonly string[],
  { fileBlocks }: { readonly fileBlocks?: number } = {},
): Child {
  const command = [process.execPath, fileURLToPath(new URL(script, import.meta.url)), ...args];
  const child =
    fileBlocks === undefined
      ? spawn(command[0]!, command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] })
      : spawn('bash', ['-c', `ulimit -f ${fileBlocks}; exec "$@"`, 'bash', ...command], {
          stdio: ['pipe', 'pipe', 'inherit'],
        });
  const lines: string[] = [];
  const waiting: { pattern: RegExp; resolve: (line: string) => void }[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => {
    lines.push(line);
    for (const { pattern, resolve } of waiting) if (pattern.test(line)) resolve(line);
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code)),
  );
  const line = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const found = lines.find((known) => pattern.test(known));
      if (found !== undefined) resolve(found);
      waiting.push({ pattern, resolve });
      void ended.then((how) =>
        reject(new Error(`${script} ended (${how}) without ${pattern}: ${lines.join(' | ')}`)),
      );
    });
  return { process: child, lines, line, ended };
}
