import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Changes } from '../../../electron/services/changes.ts';
import { parseWorkspace, WorkspaceService } from '../../../electron/services/workspaces.ts';
import { type Workspace, WorkspaceNameSchema, WorkspaceSchema } from '../../../shared/contract/schemas.ts';

let library: string;
let folder: string;
let service: WorkspaceService;

beforeEach(() => {
  library = mkdtempSync(join(tmpdir(), 'hindsight-workspaces-'));
  folder = join(library, 'workspaces');
  service = new WorkspaceService(library, new Changes());
});
afterEach(() => rmSync(library, { recursive: true, force: true }));

const workspace: Workspace = WorkspaceSchema.parse({
  version: 1,
  layout: {
    type: 'split',
    weight: 100,
    children: [
      { type: 'group', weight: 62.5, panes: ['chart-1', 'result-1'], selected: 1, isActive: true },
      { type: 'group', weight: 37.5, panes: ['data'], selected: 0 },
    ],
  },
  panes: {
    'chart-1': { kind: 'chart', link: 2, state: { seriesId: 'NOVA.L:1m', from: 1.5, scroll: 812 } },
    'result-1': { kind: 'result', state: { runId: 'run-1', tab: 'statistics' } },
    data: { kind: 'data' },
  },
  rail: false,
  inspector: { isOpen: true, width: 333 },
  sizes: { 'columns.runs': { strategyName: 200 } },
  links: { 2: { seriesId: 'NOVA.L:1m', from: 1, to: 2 } },
});

describe('a workspace', () => {
  test('is kept to the last number in a plain file, and comes back', async () => {
    await service.save('Morning charts', workspace);
    expect(JSON.parse(readFileSync(join(folder, 'Morning charts.json'), 'utf8'))).toEqual(workspace);
    expect(await service.get('Morning charts')).toEqual({ name: 'Morning charts', workspace, problem: null });
  });

  test('is listed last saved first, and removed', async () => {
    for (const [name, at] of [
      ['old', 1],
      ['new', 3],
      ['between', 2],
    ] as const) {
      await service.save(name, workspace);
      utimesSync(join(folder, `${name}.json`), at, at);
    }
    expect((await service.list()).map(({ name }) => name)).toEqual(['new', 'between', 'old']);
    await service.remove('between');
    expect((await service.list()).map(({ name }) => name)).toEqual(['new', 'old']);
    await expect(service.get('between')).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.remove('between')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('leaves no half-written file behind', async () => {
    await Promise.all(Array.from({ length: 20 }, () => service.save('busy', workspace)));
    expect(readdirSync(folder)).toEqual(['busy.json']);
    expect((await service.get('busy')).workspace).toEqual(workspace);
  });
});

describe('a file that is no workspace', () => {
  test.each([
    ['cut short', JSON.stringify(workspace).slice(0, -40)],
    ['of something else', '{"compilerOptions":{}}'],
    ['empty', ''],
    ['of a later version', JSON.stringify({ ...workspace, version: 2 })],
    ['with a pane that is nowhere described', JSON.stringify({ ...workspace, panes: {} })],
    [
      'with a kind of pane that does not exist',
      JSON.stringify({ ...workspace, panes: { ...workspace.panes, data: { kind: 'x' } } }),
    ],
  ])('%s is told about and kept aside, not written over', async (_, text) => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'Mine.json'), text);
    const { workspace: read, problem } = await service.get('Mine');
    expect(read).toBeNull();
    expect(problem?.message).not.toBe('');
    expect(problem?.keptAs).toBe(join(folder, 'Mine.json.broken'));
    expect(readFileSync(problem!.keptAs, 'utf8')).toBe(text);
    expect(await service.list()).toEqual([]);
    // A second one does not take the place of the first.
    writeFileSync(join(folder, 'Mine.json'), '{');
    expect((await service.get('Mine')).problem?.keptAs).toBe(join(folder, 'Mine.json.broken-2'));
    expect(readFileSync(join(folder, 'Mine.json.broken'), 'utf8')).toBe(text);
  });

  test('any damage is refused or read as what it says, never as something else', () => {
    const text = JSON.stringify(workspace);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 0, maxLength: 3 }), (at, put) => {
        const damaged = text.slice(0, at) + put + text.slice(at + 1);
        try {
          const read = parseWorkspace(damaged);
          expect(WorkspaceSchema.safeParse(read).success).toBe(true);
        } catch (thrown) {
          expect((thrown as Error).message).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('names', () => {
  test.each(['Default', 'Morning charts', 'Ünïcode 1', 'a.b-c_d'])('%s is one', (name) =>
    expect(WorkspaceNameSchema.safeParse(name).success).toBe(true),
  );
  test.each([
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    'C:x',
    '<img onerror>',
    'con',
    'NUL.txt',
    'x.',
    'x ',
    `${'a'.repeat(61)}`,
  ])('"%s" is none, and touches no file', async (name) => {
    await expect(service.save(name, workspace)).rejects.toThrow();
    await expect(service.get(name)).rejects.toThrow();
  });
});
