import * as z from 'zod';
import { Time } from './basics.ts';

/** What a pane shows, by kind; each kind's own state is checked by its screen, which knows its defaults. */
export const PANE_KINDS = [
  'welcome',
  'data',
  'chart',
  'strategy',
  'runs',
  'result',
  'jobs',
  'settings',
] as const;
export const PaneKindSchema = z.enum(PANE_KINDS);
export type PaneKind = z.output<typeof PaneKindSchema>;

const PaneId = z.string().regex(/^[\w-]{1,64}$/);
const Weight = z.number().positive().max(1e6);

export const PaneSchema = z.object({
  kind: PaneKindSchema,
  /** Colour group whose panes share symbol, range and crosshair; 0: none. */
  link: z.int().min(0).max(6).default(0),
  /** Symbol, zoom, scroll, selection and whatever else the screen keeps. */
  state: z.record(z.string().max(64), z.json()).default({}),
});
export type PaneRecord = z.output<typeof PaneSchema>;

export interface LayoutGroup {
  readonly type: 'group';
  readonly weight: number;
  readonly panes: readonly string[];
  readonly selected: number;
  readonly isActive?: boolean;
  readonly isMaximised?: boolean;
}
export interface LayoutSplit {
  readonly type: 'split';
  readonly weight: number;
  readonly children: readonly LayoutNode[];
}
export type LayoutNode = LayoutGroup | LayoutSplit;

const GroupSchema = z.object({
  type: z.literal('group'),
  weight: Weight,
  panes: z.array(PaneId).max(64),
  selected: z.int().min(-1),
  isActive: z.boolean().exactOptional(),
  isMaximised: z.boolean().exactOptional(),
});
const LayoutNodeSchema: z.ZodType<LayoutNode> = z.lazy(() => z.union([GroupSchema, LayoutSplitSchema]));
const LayoutSplitSchema: z.ZodType<LayoutSplit> = z.lazy(() =>
  z.object({ type: z.literal('split'), weight: Weight, children: z.array(LayoutNodeSchema).min(1).max(16) }),
);

const GroupStateSchema = z.object({
  seriesId: z.string().max(128).nullable(),
  from: Time.nullable(),
  to: Time.nullable(),
});

export const WORKSPACE_VERSION = 1;
/**
 * How the window is arranged. Splits lie side by side and one above the other in turn from the root on, which lies
 * side by side. Every pane of `layout` is in `panes` and the other way round.
 */
export const WorkspaceSchema = z
  .object({
    version: z.literal(WORKSPACE_VERSION),
    layout: LayoutSplitSchema,
    panes: z.record(PaneId, PaneSchema),
    rail: z.boolean().default(true),
    inspector: z.object({ isOpen: z.boolean(), width: z.number().min(120).max(2_000) }),
    /** Widths of columns and shares of splits that were dragged, by the name of the table or split. */
    sizes: z.record(z.string().max(80), z.record(z.string().max(80), z.number())).default({}),
    /** What screens keep beside their panes, e.g. how the next run is set up. */
    screens: z.record(z.string().max(80), z.json()).default({}),
    /** What the panes of colour group 1 to 6 share. */
    links: z.record(z.string().regex(/^[1-6]$/), GroupStateSchema).default({}),
  })
  .superRefine(({ layout, panes }, context) => {
    const placed = panesOf(layout);
    if (new Set(placed).size !== placed.length)
      context.addIssue({ code: 'custom', path: ['layout'], message: 'a pane is in two places' });
    for (const id of placed)
      if (!Object.hasOwn(panes, id))
        context.addIssue({
          code: 'custom',
          path: ['panes', id],
          message: 'a pane of the layout is not described',
        });
  });
export type Workspace = z.output<typeof WorkspaceSchema>;

/** Ids of all panes below a node, left to right and top to bottom. */
export function panesOf(node: LayoutNode): string[] {
  return node.type === 'group' ? [...node.panes] : node.children.flatMap(panesOf);
}

/** Names are file names: letters, digits, spaces, dots and hyphens. */
export const WorkspaceNameSchema = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, 'a name of letters, digits, spaces and hyphens')
  .refine(
    (name) => !/[ .]$/.test(name) && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name),
    'another name',
  );

export const WorkspaceSummarySchema = z.object({ name: z.string(), savedAt: Time });
export type WorkspaceSummary = z.output<typeof WorkspaceSummarySchema>;

/** The workspace, or what was wrong with its file and where the file is kept now. */
export const WorkspaceReadSchema = z.object({
  name: z.string(),
  workspace: WorkspaceSchema.nullable(),
  problem: z.object({ message: z.string(), keptAs: z.string() }).nullable(),
});
export type WorkspaceRead = z.output<typeof WorkspaceReadSchema>;
