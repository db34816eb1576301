import type { Invocation } from '../command-line.ts';
import { print, progressLine } from '../output.ts';
import { reportRun } from '../report-run.ts';
import { withApp } from '../with-app.ts';

export const DEMO_OPTIONS = { out: { type: 'string' } } as const;

/** Sample bars, backtest, statistics, report and files; needs no network and no arguments. */
export async function demo(invocation: Invocation): Promise<void> {
  const { values, json, signal } = invocation;
  await withApp(invocation, 'terminal', async (app) => {
    const progress = progressLine('demo');
    const summary = await app.sample.open({ onProgress: progress.update, signal });
    progress.end();
    if (!json) print('Hindsight sample: one year of generated minute bars (NOVA.L is a fictitious share).\n');
    await reportRun(app, summary.id, (values.out as string | undefined) ?? 'hindsight-demo', json);
  });
}
