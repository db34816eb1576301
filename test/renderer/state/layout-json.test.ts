import fc from 'fast-check';
import { Model } from 'flexlayout-react';
import { describe, expect, test } from 'vitest';
import { layoutOf, modelJsonOf } from '../../../renderer/state/layout-json.ts';
import {
  type LayoutNode,
  type LayoutSplit,
  type PaneRecord,
  panesOf,
  type Workspace,
  WorkspaceSchema,
} from '../../../shared/contract/schemas.ts';

/** Arrangements as one can make them: groups with tabs inside splits that lie across each other. */
const layouts = fc.integer({ min: 0, max: 2 }).chain((depth) => {
  let next = 0;
  const group = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 900 }))
    .map(
      ([count, selected, weight]): LayoutNode => ({
        type: 'group',
        weight,
        panes: Array.from({ length: count }, () => `chart-${++next}`),
        selected: Math.min(selected, count - 1),
      }),
    );
  const node = (level: number): fc.Arbitrary<LayoutNode> =>
    level === 0
      ? group
      : fc.oneof(
          group,
          fc
            .tuple(
              fc.integer({ min: 1, max: 900 }),
              fc.array(node(level - 1), { minLength: 2, maxLength: 3 }),
            )
            .map(([weight, children]): LayoutNode => ({ type: 'split', weight, children })),
        );
  return fc
    .array(node(depth), { minLength: 1, maxLength: 3 })
    .map((children): LayoutSplit => ({ type: 'split', weight: 100, children }));
});

const panesFor = (layout: LayoutSplit): Record<string, PaneRecord> =>
  Object.fromEntries(panesOf(layout).map((id) => [id, { kind: 'chart', link: 0, state: {} }]));
const workspaceOf = (layout: LayoutSplit): unknown => ({
  version: 1,
  layout,
  panes: panesFor(layout),
  inspector: { isOpen: false, width: 300 },
});

describe('a layout', () => {
  test('comes back from the docking library as it was kept', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const model = Model.fromJson(modelJsonOf(layout, panesFor(layout)));
        const back = layoutOf(model.toJson());
        expect(panesOf(back)).toEqual(panesOf(layout));
        // What the docking library tidies once is tidy from then on.
        const again = layoutOf(Model.fromJson(modelJsonOf(back, panesFor(back))).toJson());
        expect(again).toEqual(back);
        expect(WorkspaceSchema.safeParse(workspaceOf(back)).error?.issues).toBeUndefined();
      }),
    );
  });

  test('keeps weights, the tab in front, the group in front and the enlarged one', () => {
    const layout: LayoutSplit = {
      type: 'split',
      weight: 100,
      children: [
        { type: 'group', weight: 30, panes: ['data'], selected: 0 },
        {
          type: 'split',
          weight: 70,
          children: [
            {
              type: 'group',
              weight: 25,
              panes: ['chart-1', 'chart-2'],
              selected: 1,
              isActive: true,
              isMaximised: true,
            },
            { type: 'group', weight: 75, panes: ['runs'], selected: 0 },
          ],
        },
      ],
    };
    const json = Model.fromJson(modelJsonOf(layout, panesFor(layout))).toJson();
    expect(layoutOf(json)).toEqual(layout);
    const { isMaximised: _, ...plain } = (layout.children[1] as LayoutSplit).children[0] as never as {
      isMaximised: boolean;
    };
    expect(((layoutOf(json, false).children[1] as LayoutSplit).children as LayoutNode[])[0]).toEqual(plain);
  });

  test('may be empty', () => {
    const empty: LayoutSplit = {
      type: 'split',
      weight: 100,
      children: [{ type: 'group', weight: 100, panes: [], selected: -1 }],
    };
    const back = layoutOf(Model.fromJson(modelJsonOf(empty, {})).toJson());
    expect(panesOf(back)).toEqual([]);
    expect(WorkspaceSchema.safeParse(workspaceOf(back)).success).toBe(true);
  });
});

describe('a workspace is refused', () => {
  const good: Workspace = WorkspaceSchema.parse({
    version: 1,
    layout: {
      type: 'split',
      weight: 100,
      children: [{ type: 'group', weight: 100, panes: ['data'], selected: 0 }],
    },
    panes: { data: { kind: 'data' } },
    inspector: { isOpen: true, width: 300 },
  });
  test('only when something is wrong', () =>
    expect(good.panes.data).toEqual({ kind: 'data', link: 0, state: {} }));
  test.each([
    ['with another version', { version: 2 }],
    ['with a pane that is not described', { panes: {} }],
    ['with an unknown kind of pane', { panes: { data: { kind: 'casino' } } }],
    [
      'with a pane in two places',
      { layout: { ...good.layout, children: [good.layout.children[0], good.layout.children[0]] } },
    ],
    [
      'with a weight of nothing',
      { layout: { ...good.layout, children: [{ ...good.layout.children[0], weight: 0 }] } },
    ],
    ['with a name that is markup', { panes: { '<img onerror>': { kind: 'data' } } }],
    ['with a colour group that is none', { panes: { data: { kind: 'data', link: 7 } } }],
    ['without an inspector', { inspector: undefined }],
  ])('%s', (_, change) => expect(WorkspaceSchema.safeParse({ ...good, ...change }).success).toBe(false));
});
