import { useMemo } from 'react';
import { SETTING_DEFAULTS, SETTING_SPECS, type SettingKey } from '../../../shared/contract/schemas.ts';
import { Bar, Button, EmptyState, rank, SearchField } from '../../design/index.ts';
import { useConnection } from '../../state/connection.ts';
import { usePaneState } from '../../state/pane.tsx';
import { useSettings } from '../../state/settings.ts';
import { KeyMapEditor } from './key-map-editor.tsx';
import { PrivacyPage } from './privacy-page.tsx';
import { type PlainKey, SettingRow } from './setting-row.tsx';
import './settings.css';

const SECTIONS = ['Appearance', 'Time', 'Performance', 'Keys', 'Data folder', 'Privacy'] as const;
type Section = (typeof SECTIONS)[number];

const ALL = Object.keys(SETTING_SPECS) as SettingKey[];
const searchText = (key: SettingKey) => `${SETTING_SPECS[key].title} ${key} ${SETTING_SPECS[key].help}`;

/** Every setting with its default, its key and its JSON; the keys; where the data are; what leaves the machine. */
export function SettingsScreen() {
  const [search, setSearch] = usePaneState<string>('search', '');
  const [kept, setSection] = usePaneState<string | null>('section', 'Appearance');
  const section = SECTIONS.find((name) => name === kept) ?? 'Appearance';
  const isSearching = search.trim() !== '';
  const found = useMemo(() => rank(search, ALL, searchText, ALL.length), [search]);
  const { problems, path } = useSettings();
  return (
    <div className="settings-screen" data-testid="screen-settings">
      <Bar title="Settings">
        <SearchField
          label="Search settings"
          placeholder="Theme, zone, keys …"
          value={search}
          onChange={setSearch}
          testId="settings-search"
        />
      </Bar>
      {problems.length > 0 && (
        <div className="banner" role="status" data-testid="settings-problems">
          {problems.map(({ key, message }) => (
            <p key={key + message}>
              <code>{path}</code> {key !== '' && <strong>{key}</strong>} {message} The default holds.
            </p>
          ))}
        </div>
      )}
      <div className="settings-body">
        <nav className="settings-nav" aria-label="Parts of the settings">
          {SECTIONS.map((name) => (
            <button
              key={name}
              type="button"
              aria-current={!isSearching && name === section ? 'page' : undefined}
              data-testid={`section-${name}`}
              onClick={() => {
                setSearch('');
                setSection(name);
              }}
            >
              {name}
            </button>
          ))}
        </nav>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section className="settings-page" tabIndex={0} aria-label={isSearching ? 'Found settings' : section}>
          {isSearching ? (
            <Found keys={found} search={search} onClear={() => setSearch('')} />
          ) : (
            <Page section={section} />
          )}
        </section>
      </div>
    </div>
  );
}

function Found({
  keys,
  search,
  onClear,
}: {
  readonly keys: readonly SettingKey[];
  readonly search: string;
  readonly onClear: () => void;
}) {
  if (keys.length === 0) {
    return (
      <EmptyState
        title={`No setting is like “${search}”`}
        actions={<Button onClick={onClear}>Show all</Button>}
      />
    );
  }
  return keys.map((key) =>
    key === 'keys' ? <KeyMapEditor key={key} /> : <SettingRow key={key} settingKey={key} />,
  );
}

function Page({ section }: { readonly section: Section }) {
  if (section === 'Keys') return <KeyMapEditor />;
  if (section === 'Privacy') return <PrivacyPage />;
  if (section === 'Data folder') return <DataFolder />;
  return ALL.filter((key): key is PlainKey => key !== 'keys' && SETTING_SPECS[key].group === section).map(
    (key) => <SettingRow key={key} settingKey={key} />,
  );
}

function DataFolder() {
  const info = useConnection(({ info }) => info);
  const { path, changed, values } = useSettings();
  const set = Object.fromEntries(changed.map((key) => [key, values[key]]));
  return (
    <>
      <h2>Data folder</h2>
      <p className="muted">
        Bars, runs, strategies, workspaces and settings lie in one folder. Copy it to take them along; another
        folder is opened with <code>--library=FOLDER</code>.
      </p>
      <p>
        <code data-testid="library-path">{info?.libraryPath}</code>
      </p>
      <h2>Settings file</h2>
      <p className="muted">
        Plain JSON with what differs from the {Object.keys(SETTING_DEFAULTS).length} defaults. It can be
        edited by hand; changes show at once.
      </p>
      <p>
        <code data-testid="settings-path">{path}</code>
      </p>
      <pre className="settings-json" data-testid="settings-json">
        {JSON.stringify(set, null, 2)}
      </pre>
    </>
  );
}
