import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createRouterClient } from '@orpc/server';
import { createApp } from '../../../electron/services/create-app.ts';
import { SOURCE_IDS } from '../../../shared/contract/schemas.ts';

// A program that does what a user does on a first day, without a network: everything but fetching.

const [libraryPath = '', extra = ''] = process.argv.slice(2);

// Nobody listens there.
const PORT = 59_999;
if (extra === 'fetch') await fetch(`http://127.0.0.1:${PORT}/`).catch(() => {});
if (extra === 'thread') {
  const code = `import net from 'node:net'; net.connect(${PORT}, '127.0.0.1').on('error', () => {});`;
  const module = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  await new Promise((resolve) => new Worker(module, { env: {} }).once('exit', resolve));
}
if (extra === 'socket') {
  await new Promise((resolve) => connect(PORT, '127.0.0.1').once('error', resolve));
}

if (extra !== '') {
  process.stdout.write('[]\n');
  process.exit();
}

const resourcesPath = fileURLToPath(new URL('../../../resources', import.meta.url));
const app = await createApp({ libraryPath, resourcesPath, face: 'browser' });
const client = createRouterClient(app.router, { context: {} });
await app.sample.openIfEmpty();
await client.app.info();
for (const id of SOURCE_IDS) {
  await client.data.planFetch({ id, symbols: ['BTCUSDT'] }).then(
    () => Promise.reject(new Error(`${id} plans though it is off`)),
    () => {},
  );
}
const [sources, series, strategies, runs, imports] = await Promise.all([
  client.data.sources(),
  client.data.list(),
  client.strategies.list(),
  client.runs.list(),
  client.data.imports(),
]);
await client.runs.get({ runId: runs[0]!.id });
await client.runs.reproduce({ runId: runs[0]!.id });
await client.data.get({ seriesId: series[0]!.id });
// Setting a source up and turning it on asks nobody either.
await client.data.setSource({ id: 'binance', enabled: true, settings: { apiUrl: 'https://api.binance.us' } });
await client.data.setSource({ id: 's3', enabled: true, settings: { bucket: 'my-bars' } });
const counts = [sources, series, strategies, runs, imports].map((list) => list.length);
process.stdout.write(`${JSON.stringify(counts)}\n`);
app.close();
process.stdout.write('', () => process.exit());
