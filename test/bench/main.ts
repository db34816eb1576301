// npm run bench [-- --json] [--only NAME]: rates with machine, Node version and spread, each also as a ratio to a plain
// loop over the same arrays in the same run, and memory. Compare ratios between machines, values only on one. NAME may be
// the beginning of several names: `--only engine`.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openBenchLibrary } from './library.ts';
import { type Measurement, measure } from './measure.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });

const library = await openBenchLibrary();
try {
  const chosen = library.benchmarks.filter(({ name }) => name.startsWith(values.only ?? ''));
  if (chosen.length === 0) {
    process.stderr.write(
      `no benchmark "${values.only}"; there are ${library.benchmarks.map(({ name }) => name).join(', ')}\n`,
    );
    process.exitCode = 2;
  }
  if (!values.json) {
    const [cpu] = cpus();
    process.stdout.write(
      `${cpu?.model ?? 'unknown processor'} x ${cpus().length}, Node ${process.versions.node}, ${process.platform}\n`,
    );
  }
  const measurements: Measurement[] = [];
  for (const benchmark of chosen) {
    const measurement = await measure(benchmark);
    measurements.push(measurement);
    if (!values.json) process.stdout.write(`${line(measurement)}\n`);
  }
  const facts = values.only === undefined ? library.facts() : [];
  if (values.json) process.stdout.write(`${JSON.stringify([...measurements, ...facts], null, 2)}\n`);
  else for (const { name, text } of facts) process.stdout.write(`${name.padEnd(18)} ${text}\n`);
} finally {
  await library.close();
}
process.exit();

function line(measurement: Measurement): string {
  const { name, value, unit, ratio, against, runs, min, max, milliseconds } = measurement;
  const { resultBytes, processGrowth } = measurement;
  const millions = (rate: number) => (rate / 1e6).toFixed(2);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const left = resultBytes === null ? '' : `a run leaves ${megabytes(resultBytes)}, `;
  const memory = `${left}the process grew by ${megabytes(processGrowth)} over all of them`;
  return `${name.padEnd(18)} ${millions(value).padStart(8)} M ${unit} (${millions(min)} to ${millions(max)}, ${runs} runs of ${milliseconds.toPrecision(3)} ms), ${ratio.toFixed(3)} x ${against}; ${memory}`;
}
