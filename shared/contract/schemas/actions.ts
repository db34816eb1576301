import * as z from 'zod';
import { Id, TickerSchema, Time } from './basics.ts';

/** How prices are shown and run: as they were, divided by later splits, or less later dividends too. */
export const PRICE_VIEWS = ['raw', 'split', 'total-return'] as const;
export const PriceViewSchema = z.enum(PRICE_VIEWS);
export type PriceView = z.output<typeof PriceViewSchema>;

/** A corporate action of the library: `at` is midnight UTC of the first day on which prices are without it (ex-day). */
export const StoredActionSchema = z.object({
  id: Id,
  ticker: z.string(),
  at: Time,
  kind: z.enum(['split', 'dividend']),
  /** Split: one share became so many. */
  ratio: z.number().nullable(),
  /** Dividend: cash per share in the price's unit. */
  amount: z.number().nullable(),
  /** Where it came from: a file's name, "entered by hand", "accepted proposal". */
  source: z.string(),
  note: z.string(),
});
export type StoredAction = z.output<typeof StoredActionSchema>;

export const ActionInputSchema = z.strictObject({
  id: Id.exactOptional(),
  ticker: TickerSchema,
  at: Time,
  kind: z.enum(['split', 'dividend']),
  ratio: z.number().positive().nullable().default(null),
  amount: z.number().positive().nullable().default(null),
  note: z.string().max(200).default(''),
});

/** A split that the bars suggest and the table lacks, or the table has and the bars contradict. */
export const ActionProposalSchema = z.object({
  ticker: z.string(),
  at: Time,
  kind: z.enum(['missed-split', 'doubled-split', 'wrong-ratio']),
  ratio: z.number(),
  /** What speaks for it, in words with figures. */
  evidence: z.array(z.string()),
  confidence: z.number().min(0).max(1),
});
export type ActionProposal = z.output<typeof ActionProposalSchema>;
