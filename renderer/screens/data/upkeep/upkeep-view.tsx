import { BackupSection } from './backup-section.tsx';
import { IntegritySection } from './integrity-section.tsx';
import { StorageSection } from './storage-section.tsx';
import './upkeep.css';

/** The library's file: what it holds, whether it is sound, and how it is kept small and safe. */
export function UpkeepView() {
  return (
    <div className="data-page upkeep" data-testid="upkeep-view">
      <StorageSection />
      <IntegritySection />
      <BackupSection />
    </div>
  );
}
