import * as z from 'zod';
import { Id, TickerSchema, Time } from './basics.ts';

/** How prices are shown and run: as they were, divided by later splits, or less later dividends too. */
export const PRICE_VIEWS = ['raw', 'split', 'total-return'] as const;
export const PriceViewSchema = z.enum(PRICE_VIEWS);
export type PriceView = z.output<typeof PriceViewSchema>;

const ActionKindSchema = z.enum(['split', 'dividend']);

/** A corporate action of the library: `at` is midnight UTC of the first day on which prices are without it (ex-day). */
export const StoredActionSchema = z.object({
  id: Id,
  ticker: z.string(),
  at: Time,
  kind: ActionKindSchema,
  /** Split: one share became so many. */
  ratio: z.number().nullable(),
  /** Dividend: cash per share in the price's unit. */
  amount: z.number().nullable(),
  /** Where it came from: a file's name, "entered by hand", "accepted proposal". */
  source: z.string(),
  note: z.string(),
});
export type StoredAction = z.output<typeof StoredActionSchema>;

const DAY = 86_400_000;

/** An action to add, or with an `id` to change. What `removeAction` answers can be put back as it is. */
export const ActionInputSchema = z
  .strictObject({
    id: Id.exactOptional(),
    ticker: TickerSchema,
    at: Time.refine((time) => time % DAY === 0, 'a day: midnight UTC'),
    kind: ActionKindSchema,
    ratio: z.number().positive().max(1e6).nullable().default(null),
    amount: z.number().positive().max(1e9).nullable().default(null),
    source: z.string().max(200).default('entered by hand'),
    note: z.string().max(200).default(''),
  })
  .refine(({ kind, ratio }) => kind !== 'split' || (ratio !== null && ratio !== 1), {
    path: ['ratio'],
    message: 'how many shares one became, not 1',
  })
  .refine(({ kind, amount }) => kind !== 'dividend' || amount !== null, {
    path: ['amount'],
    message: 'cash per share',
  });
export type ActionInput = z.output<typeof ActionInputSchema>;

/** A file of actions; `ticker` for files without a column of it (otherwise the file's name tells it). */
export const ActionFileSchema = z.strictObject({
  fileId: z.string(),
  ticker: TickerSchema.nullable().default(null),
});

/** What became of a file's lines: read = added + unchanged + conflicts + rejected. */
export const ActionImportSchema = z.object({
  file: z.string(),
  /** The layout in words. */
  layout: z.string(),
  linesRead: z.int(),
  added: z.int(),
  /** Lines that the table already held. */
  unchanged: z.int(),
  tickers: z.int(),
  /** Lines that were not taken: their field and why. */
  rejects: z.array(
    z.object({ line: z.int(), field: z.string().nullable(), reason: z.string(), text: z.string() }),
  ),
  warnings: z.array(z.string()),
  /** Ids of what was added, for taking it back. */
  ids: z.array(Id),
});
export type ActionImport = z.output<typeof ActionImportSchema>;

/** A split that the bars suggest and the table lacks, or the table has and the bars contradict. */
export const ActionProposalSchema = z.object({
  ticker: z.string(),
  at: Time,
  kind: z.enum(['missed-split', 'doubled-split', 'wrong-ratio']),
  /** One share became so many, as the bars have it. */
  ratio: z.number(),
  /** The entry of the table that is in doubt; null for a missed split. */
  actionId: Id.nullable(),
  /** What to put in its place; null: remove the entry. */
  suggested: z
    .object({ kind: ActionKindSchema, ratio: z.number().nullable(), amount: z.number().nullable() })
    .nullable(),
  /** What speaks for it, in words with figures. */
  evidence: z.array(z.string()),
  confidence: z.number().min(0).max(1),
});
export type ActionProposal = z.output<typeof ActionProposalSchema>;
