import { CircleCheck, CircleHelp, OctagonX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Trust } from '../../../shared/contract/schemas.ts';
import { type TrustItem, trustItems } from '../../../shared/format/trust.ts';
import { Facts, Tooltip } from '../../design/index.ts';

const ICONS = { good: CircleCheck, warning: TriangleAlert, bad: OctagonX, unknown: CircleHelp } as const;

/** How far the run is to be trusted: six items, each of which opens what is behind it. */
export function TrustStrip({ trust }: { readonly trust: Trust | null }) {
  const [openId, setOpenId] = useState<TrustItem['id'] | null>(null);
  if (trust === null) {
    return (
      <p className="trust-none muted" data-testid="trust">
        This run is of an earlier version, which did not test how far it can be trusted. Run it again to know.
      </p>
    );
  }
  const items = trustItems(trust);
  const open = items.find(({ id }) => id === openId);
  return (
    <section className="trust" aria-label="How far to trust this run" data-testid="trust">
      <div className="trust-strip">
        {items.map((item) => (
          <TrustButton
            key={item.id}
            item={item}
            isOpen={item.id === openId}
            onToggle={() => setOpenId(item.id === openId ? null : item.id)}
          />
        ))}
      </div>
      {open !== undefined && (
        <div className="trust-evidence" id="trust-evidence" data-testid="trust-evidence">
          <p>{open.meaning}</p>
          <Facts items={open.evidence} />
        </div>
      )}
    </section>
  );
}

function TrustButton({
  item: { id, label, value, state, meaning },
  isOpen,
  onToggle,
}: {
  readonly item: TrustItem;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const Icon = ICONS[state];
  return (
    <Tooltip text={meaning}>
      <button
        type="button"
        className={`trust-item ${state}`}
        aria-expanded={isOpen}
        aria-controls={isOpen ? 'trust-evidence' : undefined}
        data-testid={`trust-${id}`}
        data-state={state}
        onClick={onToggle}
      >
        <Icon size={15} aria-label={state} />
        <span>
          <span className="trust-label">{label}</span>
          <strong>{value}</strong>
        </span>
      </button>
    </Tooltip>
  );
}
