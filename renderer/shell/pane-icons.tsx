import {
  ChartCandlestick,
  CodeXml,
  Database,
  House,
  ListChecks,
  ReceiptText,
  Settings,
  Table2,
} from 'lucide-react';
import type { PaneKind } from '../../shared/contract/schemas.ts';

const ICONS = {
  welcome: House,
  data: Database,
  chart: ChartCandlestick,
  strategy: CodeXml,
  runs: Table2,
  result: ReceiptText,
  jobs: ListChecks,
  settings: Settings,
} as const satisfies Record<PaneKind, unknown>;

/** The picture of a kind of pane, in rail, tabs and palette. */
export function PaneIcon({ kind, size }: { readonly kind: PaneKind; readonly size: number }) {
  const Icon = ICONS[kind];
  return <Icon size={size} aria-hidden />;
}
