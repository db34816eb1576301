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

/** What else follows the connection; each by its own store. */
export interface Followers {
  /** Before the lists: what the window needs for its first picture. */
  readonly opened: (client: Client) => Promise<void>;
  readonly changed: (what: string, client: Client) => Promise<void>;
  /** Beside the lists, until the connection is gone. */
  readonly alongside: (client: Client) => Promise<void>;
}

/** Opens the door, keeps the lists up to date, and opens it again whenever it closes. */
export function startConnection(followers: Followers): void {
  void (async () => {
    for (;;) {
      try {
        const door = await openDoor();
        useConnection.setState({ door, status: 'open' });
        followers.alongside(door.client).catch(() => {});
        await Promise.race([door.closed, followChanges(door.client, followers)]);
      } catch {
        // Told by the status below: nothing is lost but the moment.
      }
      useConnection.setState(({ door }) => ({ status: door === null ? 'refused' : 'lost' }));
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  })();
}

async function followChanges(client: Client, { opened, changed }: Followers): Promise<void> {
  const refreshInfo = async () => useConnection.setState({ info: await client.app.info() });
  const refresh = {
    series: async () => useConnection.setState({ series: await client.data.list() }),
    runs: async () => useConnection.setState({ runs: await client.runs.list() }),
    strategies: async () => useConnection.setState({ strategies: await client.strategies.list() }),
    health: () => useConnection.setState(({ healthChanges }) => ({ healthChanges: healthChanges + 1 })),
    actions: () => useConnection.setState(({ actionChanges }) => ({ actionChanges: actionChanges + 1 })),
  };
  const timer = setInterval(() => void refreshInfo().catch(() => {}), INFO_MILLISECONDS);
  try {
    for await (const { what } of await client.app.changes()) {
      if (what === 'ready')
        await Promise.all([opened(client), refresh.series(), refresh.runs(), refresh.strategies()]);
      else if (what in refresh) await refresh[what as keyof typeof refresh]();
      else await changed(what, client);
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
