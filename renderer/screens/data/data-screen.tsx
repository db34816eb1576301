import { Upload } from 'lucide-react';
import { useState } from 'react';
import { Bar, Button, ToggleGroup } from '../../design/index.ts';
import { chooseBars } from './choose-files.tsx';
import { ImportView } from './import/import-view.tsx';
import { usePending } from './import/pending.ts';
import { ImportsView } from './imports-view.tsx';
import { LibraryView } from './library-view.tsx';
import { SourcesView } from './sources/sources-view.tsx';
import { UpkeepView } from './upkeep/upkeep-view.tsx';
import './data.css';

const VIEWS = [
  { value: 'library', label: 'Series' },
  { value: 'imports', label: 'Imports' },
  { value: 'sources', label: 'Sources' },
  { value: 'upkeep', label: 'Upkeep' },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** The library: what is in it, what is coming in, where each bar came from and how sound it is. */
export function DataScreen() {
  const [view, setView] = useState<View>('library');
  const isImporting = usePending(({ files }) => files.length > 0);
  if (isImporting) {
    return (
      <div className="data-screen" data-testid="screen-data">
        <ImportView />
      </div>
    );
  }
  return (
    <div className="data-screen" data-testid="screen-data">
      <Bar
        title="Data"
        end={
          <Button tone="primary" icon={<Upload size={14} aria-hidden />} onClick={chooseBars}>
            Import files …
          </Button>
        }
      >
        <ToggleGroup
          label="Part of the library"
          testId="data-views"
          value={view}
          options={VIEWS}
          onChange={setView}
        />
      </Bar>
      {view === 'library' && <LibraryView />}
      {view === 'imports' && <ImportsView />}
      {view === 'sources' && <SourcesView />}
      {view === 'upkeep' && <UpkeepView />}
    </div>
  );
}
