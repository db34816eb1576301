import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { PlainError } from '../../../shared/contract/errors.ts';
import { RUN_FILES, type RunFile } from '../../../shared/contract/schemas.ts';
import { describeFailure } from '../../api/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { saveFile } from '../../components/save-file.ts';
import { currentClient } from '../../state/connection.ts';

const MEANINGS: Record<RunFile, string> = {
  'report.html': 'one page with charts, opens offline',
  'trades.csv': 'the trade log',
  'fills.csv': 'every fill',
  'orders.csv': 'every order and its outcome',
  'equity.csv': 'equity, cash, exposure per bar',
  'statistics.json': 'figures with conventions',
  'analyzers.json': 'backtrader’s analyzers, by its conventions',
  'trust.json': 'leak test, data, same-bar range, costs, trials',
  'manifest.json': 'all that reproduces the run',
};

/** The files of a run, one click each. */
export function ExportMenu({ runId }: { readonly runId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const [error, setError] = useState<PlainError | null>(null);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const onDown = (event: globalThis.PointerEvent) =>
      !menu.current?.contains(event.target as Node) && setIsOpen(false);
    document.addEventListener('pointerdown', onDown);
    return () => document.removeEventListener('pointerdown', onDown);
  }, [isOpen]);
  const save = async (name: RunFile) => {
    setIsOpen(false);
    setError(null);
    try {
      await saveFile(await currentClient().runs.file({ runId, name }), name);
    } catch (thrown) {
      setError(describeFailure(thrown));
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the menu wherever the focus is inside it
    <div className="menu" ref={menu} onKeyDown={(event) => event.key === 'Escape' && setIsOpen(false)}>
      <button
        type="button"
        data-testid="export"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Download size={14} aria-hidden /> Export
      </button>
      {isOpen && (
        <div className="menu-items" role="menu">
          {[...RUN_FILES].reverse().map((name) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              data-testid={`export-${name}`}
              onClick={() => void save(name)}
            >
              <strong>{name}</strong> <span className="muted">{MEANINGS[name]}</span>
            </button>
          ))}
        </div>
      )}
      <ErrorNotice error={error} />
    </div>
  );
}
