import { CloudOff, CloudUpload } from 'lucide-react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCall } from '../../components/use-call.ts';
import { Badge, Button } from '../../design/index.ts';
import { useNavigation } from '../../state/navigation.ts';

/** What leaves the machine: nothing, unless a source was turned on; each that can be is listed with what it sends. */
export function PrivacyPage() {
  const { data: sources, error } = useCall('sources', (client) => client.data.sources());
  const { go } = useNavigation();
  const enabled = sources?.filter(({ enabled: isOn }) => isOn) ?? [];
  return (
    <div className="privacy" data-testid="privacy" data-enabled={enabled.length}>
      <h2>What leaves this machine</h2>
      <p className="privacy-verdict">
        {enabled.length === 0 ? <CloudOff size={18} aria-hidden /> : <CloudUpload size={18} aria-hidden />}
        <strong>
          {enabled.length === 0
            ? 'Nothing. No source on the network is turned on.'
            : `Only what ${enabled.map(({ name }) => name).join(' and ')} need, when you fetch.`}
        </strong>
      </p>
      <ul className="privacy-list">
        <li>There is no account, no telemetry, no crash report and no update check.</li>
        <li>The window may load its own files only; fonts and icons are shipped with it.</li>
        <li>Strategies run without files, network or clock.</li>
        <li>Bars, runs, strategies and settings stay in the data folder.</li>
      </ul>
      <h2>Sources on the network</h2>
      <p className="muted">All are off until you turn them on, and none is asked before you fetch.</p>
      <ErrorNotice error={error} />
      {sources?.map(({ id, name, enabled: isOn, privacy }) => (
        <article key={id} className="setting" data-testid={`source-${id}`}>
          <div className="setting-head">
            <h3>{name}</h3>
            <Badge tone={isOn ? 'accent' : 'neutral'}>{isOn ? 'on' : 'off'}</Badge>
          </div>
          <p className="muted">{privacy}</p>
        </article>
      ))}
      <Button onClick={() => go('data')}>Sources are set on the Data screen</Button>
    </div>
  );
}
