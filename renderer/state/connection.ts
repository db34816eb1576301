import { create } from 'zustand';
import type { AppInfo, RunSummary, Series, StrategySummary } from '../../shared/contract/schemas.ts';
import { type Client, type Door, openDoor } from '../api/door.ts';

interface Connection {
  readonly door: Door | null;
  /** `lost` after it was open once; `refused` when it never opened. */
  readonly status: 'connecting' | 'open' | 'lost' | 'refused';
  readonly info: AppInfo | null;
  /** Lists of the library; null until first loaded. */
  readonly series: readonly Series[] | null;
  readonly runs: readonly RunSummary[] | null;
  readonly strategies: readonly StrategySummary[] | null;
  /** How often the health of a series, or the table of corporate actions, has changed: a key to ask anew by. */
  readonly healthChanges: number;
  readonly actionChanges: number;
}

export const useConnection = create<Connection>(() => ({
  door: null,
  status: 'connecting',
  info: null,
  series: null,
  runs: null,
  strategies: null,
  healthChanges: 0,
  actionChanges: 0,
}));

const RETRY_MILLISECONDS = 1_000;
const INFO_MILLISECONDS = 5_000;

/** Opens the door, keeps the lists up to date, and opens it again whenever it closes. */
export function startConnection(): void {
  void (async () => {
    for (;;) {
      try {
        const door = await openDoor();
        useConnection.setState({ door, status: 'open' });
        await Promise.race([door.closed, followChanges(door.client)]);
      } catch {
        // Told by the status below: nothing is lost but the moment.
      }
      useConnection.setState(({ door }) => ({ status: door === null ? 'refused' : 'lost' }));
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  })();
}

async function followChanges(client: Client): Promise<void> {
  const refreshInfo = async () => useConnection.setState({ info: await client.app.info() });
  const timer = setInterval(() => void refreshInfo().catch(() => {}), INFO_MILLISECONDS);
  try {
    for await (const { what } of await client.app.changes()) {
      if (what === 'ready' || what === 'series') useConnection.setState({ series: await client.data.list() });
      if (what === 'ready' || what === 'runs') useConnection.setState({ runs: await client.runs.list() });
      if (what === 'ready' || what === 'strategies')
        useConnection.setState({ strategies: await client.strategies.list() });
      if (what === 'health')
        useConnection.setState(({ healthChanges }) => ({ healthChanges: healthChanges + 1 }));
      if (what === 'actions')
        useConnection.setState(({ actionChanges }) => ({ actionChanges: actionChanges + 1 }));
      await refreshInfo();
    }
  } finally {
    clearInterval(timer);
  }
}

/** The client, for event handlers. Throws while the connection is down; the banner says so. */
export function currentDoor(): Door {
  const { door } = useConnection.getState();
  if (door === null) throw new Error('Hindsight is not connected yet');
  return door;
}
export const currentClient = (): Client => currentDoor().client;
