import { constants } from 'node:os';
import { describeError, toPlainError } from '../../shared/contract/errors.ts';
import { VERSION } from '../../shared/version.ts';
import { parseCommandLine, UsageError } from './command-line.ts';
import { HELP } from './help.ts';

// Exit codes: 0 success, 1 failure with a coded message on standard error, 2 wrong usage, 130 cancelled.

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
// A reader that closes the pipe early (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

async function main(argv: readonly string[]): Promise<number> {
  try {
    if (argv.includes('--version') || argv[0] === 'version') {
      process.stdout.write(`${VERSION}\n`);
      return 0;
    }
    if (argv.length === 0 || argv.includes('--help') || argv[0] === 'help') {
      process.stdout.write(HELP);
      return argv.length === 0 ? 2 : 0;
    }
    const { run } = parseCommandLine(argv);
    await run(stop.signal);
    return 0;
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      process.stderr.write(`${thrown.message}\nSee hindsight --help.\n`);
      return 2;
    }
    const error = toPlainError(thrown);
    if (error.code === 'cancelled') {
      process.stderr.write(`cancelled: ${error.detail.hint ?? 'nothing was stored'}\n`);
      return 128 + constants.signals.SIGINT;
    }
    process.stderr.write(`${describeError(error)}\n`);
    if (error.code === 'internal' && thrown instanceof Error) process.stderr.write(`${thrown.stack}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
// Threads that were given up may take seconds to die; nothing waits for them.
process.stdout.write('', () => process.exit());
