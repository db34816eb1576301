import { mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a second process hands to the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

const LOCK = 'StandInLock';
const REQUEST = /^StandInRequest-\d+$/;

/**
 * Takes the lock of a user data folder for this process, at once as Electron does. Where a living process has it, that
 * one is told and the answer is false; the lock of a dead one is taken over.
 */
export function lockInstance(
  folder: string,
  request: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): boolean {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, LOCK);
  if (!claim(lock)) {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (isAlive(holder)) {
      const temporary = join(folder, `.request-${process.pid}`);
      writeFileSync(temporary, JSON.stringify(request));
      renameSync(temporary, join(folder, `StandInRequest-${process.pid}`));
      return false;
    }
    writeFileSync(lock, String(process.pid));
  }
  const watcher = watch(folder, (_event, name) => {
    if (name === null || !REQUEST.test(name)) return;
    try {
      const path = join(folder, name);
      const second = JSON.parse(readFileSync(path, 'utf8'));
      rmSync(path);
      onSecond(second);
    } catch {} // seen already: its coming and its going are both told
  });
  watcher.unref();
  process.once('exit', () => rmSync(lock, { force: true }));
  return true;
}

function claim(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
