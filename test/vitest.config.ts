import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// One runner for everything; `--project` picks a part. End-to-end tests drive a browser and take their turn alone.
const root = fileURLToPath(new URL('..', import.meta.url));
const project = (name: string, include: string[], extra: object = {}) => ({
  root,
  test: { name, include, testTimeout: 30_000, hookTimeout: 60_000, ...extra },
});

export default defineConfig({
  root,
  test: {
    projects: [
      project('unit', [
        'test/{shared,electron,renderer,resources,docs}/**/*.test.{ts,tsx}',
        'test/*.test.ts',
      ]),
      project('golden', ['test/golden/*.test.ts']),
      project('contract', ['test/contract/**/*.test.ts']),
      project('end-to-end', ['test/end-to-end/**/*.test.ts'], {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
});
