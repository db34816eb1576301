import type { ReactNode } from 'react';
import './facts.css';

/** Names and values, one a line. */
export function Facts({
  items,
}: {
  readonly items: readonly (readonly [name: ReactNode, value: ReactNode])[];
}) {
  return (
    <dl className="facts">
      {items.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts of one thing keep their places
        <div key={index} className="facts-pair">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
