import { fileURLToPath } from 'node:url';
import { describeError, toPlainError } from '../../../shared/contract/errors.ts';
import type { App } from '../../services/create-app.ts';
import { serveBrowserFace } from '../../web/main.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson } from '../output.ts';
import { parseNumber } from '../parse-values.ts';
import { withApp } from '../with-app.ts';

export const SERVE_OPTIONS = {
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  sample: { type: 'boolean' },
} as const;

const RENDERER = fileURLToPath(new URL('../renderer', import.meta.url));

/** The browser face, until stopped. `--sample` fills an empty library with the sample and its first backtest. */
export async function serve(invocation: Invocation): Promise<void> {
  const { values, json, signal } = invocation;
  const port = parseNumber('--port', values.port as string | undefined) ?? 0;
  await withApp(invocation, 'browser', async (app) => {
    const server = await serveBrowserFace({
      app,
      port,
      rendererPath: RENDERER,
      open: values['no-open'] !== true,
    });
    if (json) printJson({ url: server.url });
    else print(`Hindsight is at ${server.url}\nStop it with Ctrl+C.`);
    if (values.sample === true) await fillWithSample(app, signal);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await server.close();
  });
}

/** A sample that cannot be made is no reason to stop serving. */
async function fillWithSample(app: App, signal: AbortSignal): Promise<void> {
  await app.sample.openIfEmpty({ signal }).catch((thrown) => {
    if (!signal.aborted)
      process.stderr.write(`The sample could not be loaded: ${describeError(toPlainError(thrown))}\n`);
  });
}
