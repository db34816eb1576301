import { useEffect, useRef, useState } from 'react';
import type { PlainError } from '../../../shared/contract/errors.ts';
import type { TradeQuery, TradeRow } from '../../../shared/contract/schemas.ts';
import { describeFailure } from '../../api/errors.ts';
import { useConnection } from '../../state/connection.ts';

const PAGE = 200;

export type TradeView = Pick<TradeQuery, 'sort' | 'descending' | 'outcome' | 'side'>;

/** Trades of a run, sorted and filtered by the core, fetched page by page as they come into view. */
export function useTradePages(runId: string, view: TradeView) {
  const door = useConnection(({ door }) => door);
  const key = `${runId}:${view.sort}:${view.descending}:${view.outcome}:${view.side}`;
  const [state, setState] = useState<{
    key: string;
    total: number;
    pages: ReadonlyMap<number, readonly TradeRow[]>;
  }>({ key: '', total: 0, pages: new Map() });
  const [error, setError] = useState<PlainError | null>(null);
  const asked = useRef({ key: '', pages: new Set<number>() });

  const load = (page: number) => {
    if (door === null) return;
    if (asked.current.key !== key) asked.current = { key, pages: new Set() };
    if (asked.current.pages.has(page)) return;
    asked.current.pages.add(page);
    door.client.runs.trades({ runId, ...view, offset: page * PAGE, limit: PAGE }).then(
      ({ total, rows }) => {
        if (asked.current.key !== key) return;
        setError(null);
        setState((before) => ({
          key,
          total,
          pages: new Map(before.key === key ? before.pages : []).set(page, rows),
        }));
      },
      (thrown) => {
        asked.current.pages.delete(page);
        setError(describeFailure(thrown));
      },
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first page of each view; others when they are seen
  useEffect(() => load(0), [door, key]);
  return {
    error,
    isLoaded: state.key === key,
    total: state.total,
    row: (index: number): TradeRow | null =>
      state.pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null,
    onVisible: (first: number, last: number) => {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) load(page);
    },
  };
}
