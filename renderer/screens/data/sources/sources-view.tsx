import { useState } from 'react';
import type { PlainError } from '../../../../shared/contract/errors.ts';
import type { SourceChange, SourceState } from '../../../../shared/contract/schemas.ts';
import { describeFailure } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useCall } from '../../../components/use-call.ts';
import { Badge, Button, Field, Select, Switch, TextField } from '../../../design/index.ts';
import { currentClient } from '../../../state/connection.ts';
import { FetchForm } from './fetch-form.tsx';
import './sources.css';

/** Places on the network that bars can come from; all are off until they are turned on here. */
export function SourcesView() {
  const [version, setVersion] = useState(0);
  const { data, error } = useCall(`sources:${version}`, (client) => client.data.sources());
  return (
    <div className="data-page sources" data-testid="sources-view">
      <p className="muted">
        Hindsight asks nobody on the network by itself. A source that is turned on is asked when you press
        Fetch, and only for what you name.
      </p>
      <ErrorNotice error={error} />
      {data?.map((source) => (
        <SourceCard key={source.id} source={source} onChanged={() => setVersion((before) => before + 1)} />
      ))}
    </div>
  );
}

function SourceCard({ source, onChanged }: { readonly source: SourceState; readonly onChanged: () => void }) {
  const [failure, setFailure] = useState<PlainError | null>(null);
  const change = (what: Omit<SourceChange, 'id'>) =>
    currentClient()
      .data.setSource({ id: source.id, ...what })
      .then(
        () => {
          setFailure(null);
          onChanged();
        },
        (thrown) => setFailure(describeFailure(thrown)),
      );
  return (
    <section className="source-card" aria-label={source.name} data-testid={`source-${source.id}`}>
      <header>
        <h2>{source.name}</h2>
        <Switch
          label={source.enabled ? 'on' : 'off'}
          testId={`source-${source.id}-enabled`}
          checked={source.enabled}
          onChange={(enabled) => void change({ enabled })}
        />
      </header>
      <p className="muted">{source.privacy}</p>
      <ErrorNotice error={failure} />
      {source.enabled && (
        <>
          <div className="source-fields">
            {source.settings.map((setting) => (
              <Field key={setting.name} label={setting.label} help={setting.help}>
                {setting.choices === null ? (
                  <SavedText
                    key={setting.value}
                    value={setting.value}
                    placeholder={setting.fallback}
                    testId={`setting-${setting.name}`}
                    onSave={(value) => change({ settings: { [setting.name]: value } })}
                  />
                ) : (
                  <Select
                    testId={`setting-${setting.name}`}
                    value={setting.value === '' ? setting.fallback : setting.value}
                    options={setting.choices.map((value) => ({ value, label: value }))}
                    onChange={(value) => void change({ settings: { [setting.name]: value } })}
                  />
                )}
              </Field>
            ))}
            {source.secrets.map((secret) => (
              <Field
                key={secret.name}
                label={secret.label}
                help={
                  secret.heldIn === 'environment'
                    ? 'From the environment Hindsight was started with.'
                    : (source.noKeyStore ?? 'Kept in the system’s key store, shown to nobody.')
                }
              >
                {secret.heldIn === null ? (
                  <SavedText
                    value=""
                    type="password"
                    disabled={source.noKeyStore !== null}
                    testId={`secret-${secret.name}`}
                    onSave={(value) => change({ secrets: { [secret.name]: value } })}
                  />
                ) : (
                  <>
                    <Badge tone="ok">{secret.heldIn === 'key-store' ? 'in the key store' : 'given'}</Badge>
                    {secret.heldIn === 'key-store' && (
                      <Button tone="quiet" onClick={() => void change({ secrets: { [secret.name]: null } })}>
                        Remove
                      </Button>
                    )}
                  </>
                )}
              </Field>
            ))}
          </div>
          {source.missing === null ? (
            <FetchForm source={source} />
          ) : (
            <p className="warning" data-testid="source-missing">
              {source.missing}
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** A text that is saved on Enter or when it is left. */
function SavedText({
  value,
  onSave,
  testId,
  ...rest
}: {
  readonly value: string;
  readonly placeholder?: string;
  readonly type?: 'text' | 'password';
  readonly disabled?: boolean;
  readonly testId: string;
  readonly onSave: (value: string) => Promise<void>;
}) {
  const [text, setText] = useState(value);
  const save = () => {
    if (text.trim() !== value) void onSave(text.trim());
  };
  return (
    <TextField
      {...rest}
      testId={testId}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={setText}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}
