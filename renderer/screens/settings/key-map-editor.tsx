import { Plus, RotateCcw, TriangleAlert, X } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { COMMAND_GROUPS, COMMAND_LIST, type CommandId } from '../../../shared/commands/commands.ts';
import { keyConflicts, keysOf, keysOfCommand, keyWarning } from '../../../shared/commands/keys.ts';
import { Button, IconButton, Kbd, rank, SearchField } from '../../design/index.ts';
import { changeSetting, useSettings } from '../../state/settings.ts';

const TITLES = new Map(COMMAND_LIST.map(({ id, title }) => [id, title]));

/** Every command with its keys: add, take away, back to the default; what two commands claim is marked. */
export function KeyMapEditor() {
  const overrides = useSettings(({ values }) => values.keys);
  const [search, setSearch] = useState('');
  const conflicts = useMemo(() => keyConflicts(overrides), [overrides]);
  const shown = useMemo(
    () =>
      new Set(
        rank(
          search,
          COMMAND_LIST,
          ({ id, title, group }) => `${title} ${group} ${keysOfCommand(id, overrides).join(' ')}`,
          COMMAND_LIST.length,
        ).map(({ id }) => id),
      ),
    [search, overrides],
  );
  const set = (id: CommandId, keys: readonly string[] | null) => {
    const { [id]: _, ...others } = overrides;
    void changeSetting('keys', keys === null ? others : { ...others, [id]: [...keys] });
  };
  return (
    <div className="key-map" data-testid="key-map">
      <div className="key-map-head">
        <h2>Keys</h2>
        <SearchField
          label="Search commands and keys"
          value={search}
          onChange={setSearch}
          testId="key-search"
        />
        <Button
          disabled={Object.keys(overrides).length === 0}
          onClick={() => void changeSetting('keys', null)}
        >
          All to the defaults
        </Button>
      </div>
      {conflicts.length > 0 && (
        <div className="banner" role="status" data-testid="key-conflicts">
          {conflicts.map(({ keys, commands }) => (
            <p key={keys}>
              <TriangleAlert size={13} aria-hidden /> <Kbd keys={keys} /> is claimed by{' '}
              {commands.map((id) => `“${TITLES.get(id)}”`).join(' and ')}; the first of them has it.
            </p>
          ))}
        </div>
      )}
      {COMMAND_GROUPS.map((group) => {
        const commands = COMMAND_LIST.filter((command) => command.group === group && shown.has(command.id));
        if (commands.length === 0) return null;
        return (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            {commands.map(({ id, title }) => (
              <CommandKeys
                key={id}
                id={id}
                title={title}
                keys={keysOfCommand(id, overrides)}
                isChanged={overrides[id] !== undefined}
                clashing={conflicts.filter(({ commands: all }) => all.includes(id)).map(({ keys }) => keys)}
                onChange={(keys) => set(id, keys)}
              />
            ))}
          </section>
        );
      })}
    </div>
  );
}

interface CommandKeysProps {
  readonly id: CommandId;
  readonly title: string;
  readonly keys: readonly string[];
  readonly isChanged: boolean;
  readonly clashing: readonly string[];
  readonly onChange: (keys: readonly string[] | null) => void;
}

function CommandKeys({ id, title, keys, isChanged, clashing, onChange }: CommandKeysProps) {
  const [isRecording, setIsRecording] = useState(false);
  const warning = keys.map(keyWarning).find((text) => text !== null);
  return (
    <div className="command-keys" data-testid={`keys-${id}`} data-clash={clashing.length > 0}>
      <span className="command-title">
        {title}
        {clashing.length > 0 && (
          <span className="command-warning">
            <TriangleAlert size={12} aria-label="claimed twice" />
          </span>
        )}
        {warning != null && <span className="command-note muted">{warning}</span>}
      </span>
      <span className="command-list">
        {keys.map((one) => (
          <span key={one} className="command-key">
            <Kbd keys={one} />
            <IconButton
              label={`Take ${one} from “${title}”`}
              icon={<X size={12} aria-hidden />}
              onClick={() => onChange(keys.filter((other) => other !== one))}
            />
          </span>
        ))}
        {isRecording ? (
          <Recorder
            label={`New keys for “${title}”`}
            onKeys={(recorded) => {
              setIsRecording(false);
              if (recorded !== null && !keys.includes(recorded)) onChange([...keys, recorded]);
            }}
          />
        ) : (
          <IconButton
            label={`Add keys to “${title}”`}
            icon={<Plus size={13} aria-hidden />}
            onClick={() => setIsRecording(true)}
          />
        )}
        {isChanged && (
          <IconButton
            label={`“${title}” back to its default`}
            icon={<RotateCcw size={13} aria-hidden />}
            onClick={() => onChange(null)}
          />
        )}
      </span>
    </div>
  );
}

/** Takes the next combination that is pressed; Escape leaves it. */
function Recorder({
  label,
  onKeys,
}: {
  readonly label: string;
  readonly onKeys: (keys: string | null) => void;
}) {
  const record = (event: KeyboardEvent) => {
    const keys = keysOf(event.nativeEvent);
    if (keys === null) return;
    event.preventDefault();
    event.stopPropagation();
    onKeys(keys === 'Escape' ? null : keys);
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it was asked for and takes the very next keys
      autoFocus
      className="key-recorder"
      data-keys="raw"
      aria-label={label}
      placeholder="press keys"
      readOnly
      onKeyDown={record}
      onBlur={() => onKeys(null)}
    />
  );
}
