import { useEffect, useRef, useState } from 'react';
import type { PlainError } from '../../../shared/contract/errors.ts';
import type { IndicatorRequest, MarkersMeta, ViewportMeta } from '../../../shared/contract/schemas.ts';
import type { WireFrame } from '../../../shared/contract/wire.ts';
import type { Client } from '../../api/door.ts';
import { describeFailure } from '../../api/errors.ts';
import { readFrame } from '../../api/frames.ts';
import { useConnection } from '../../state/connection.ts';
import type { BarWindow } from './use-window.ts';

export interface Viewport {
  readonly seriesId: string;
  readonly bars: WireFrame<ViewportMeta>;
  readonly fills: WireFrame<MarkersMeta> | null;
  readonly indicators: readonly IndicatorRequest[];
}

interface Question {
  readonly seriesId: string;
  readonly window: BarWindow;
  readonly indicators: readonly IndicatorRequest[];
  readonly runId: string | null;
  readonly maxBuckets: number;
}

/**
 * The bars and fills of a window. One question is under way at a time and only the latest waits behind it, so a drag
 * never builds a queue; the last picture stays until the next one is there, unless it shows another series.
 */
export function useViewport(question: Question | null): {
  viewport: Viewport | null;
  error: PlainError | null;
} {
  const door = useConnection(({ door }) => door);
  const [viewport, setViewport] = useState<Viewport | null>(null);
  const [error, setError] = useState<PlainError | null>(null);
  const waiting = useRef<Question | null>(null);
  const isBusy = useRef(false);
  const key = question === null ? '' : JSON.stringify(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the question
  useEffect(() => {
    if (door === null || question === null) return;
    waiting.current = question;
    if (isBusy.current) return;
    isBusy.current = true;
    void (async () => {
      while (waiting.current !== null) {
        const next = waiting.current;
        waiting.current = null;
        try {
          const answer = await ask(door.client, next);
          setViewport(answer);
          setError(null);
        } catch (thrown) {
          setError(describeFailure(thrown));
        }
      }
      isBusy.current = false;
    })();
  }, [door, key]);
  return { viewport: viewport?.seriesId === question?.seriesId ? viewport : null, error };
}

async function ask(
  client: Client,
  { seriesId, window, indicators, runId, maxBuckets }: Question,
): Promise<Viewport> {
  const range = { fromBar: Math.floor(window.from), toBar: Math.ceil(window.to) };
  const [bars, fills] = await Promise.all([
    client.data.viewport({ seriesId, ...range, maxBuckets, indicators: [...indicators] }),
    runId === null ? null : client.runs.markers({ runId, seriesId, ...range }),
  ]);
  return {
    seriesId,
    bars: await readFrame(bars),
    fills: fills === null ? null : await readFrame(fills),
    indicators,
  };
}
