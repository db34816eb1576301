import type Electron from 'electron';
import type { ToPage } from '../page/messages.ts';
import {
  clone,
  closePort,
  deliver,
  type MessagePortMain,
  openPort,
  transferPort,
  type Wire,
} from './message-ports.ts';

type Tell = (message: ToPage, world?: string) => void;

/** The ends of a page's ports that lie in the main process, and what is sent to its preload. */
export class PagePorts {
  readonly #tell: Tell;
  readonly #ends = new Map<number, Wire>();
  #given = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  decode(args: unknown): readonly unknown[] {
    return clone.decode(args) as readonly unknown[];
  }
  decodeOne(value: unknown): unknown {
    return clone.decode(value);
  }

  /** A port that the page gave away becomes one of the main process. */
  adopt(id: number, world: string): MessagePortMain {
    const port = openPort({
      post: (message) => this.#tell({ kind: 'port', id, message }, world),
      close: () => this.#tell({ kind: 'port-close', id }, world),
    });
    this.#ends.set(id, { post: (message) => deliver(port, message), close: () => closePort(port) });
    return port;
  }

  /** Sends to the preload, with ports of the main process that become the page's. */
  send(
    channel: string,
    args: readonly unknown[],
    transfer: readonly Electron.MessagePortMain[],
    world?: string,
  ): void {
    const ports = transfer.map((port) => {
      const id = 2 * ++this.#given;
      const toPeer = transferPort(port as unknown as MessagePortMain, {
        post: (message) => this.#tell({ kind: 'port', id, message }),
        close: () => this.#tell({ kind: 'port-close', id }),
      });
      this.#ends.set(id, toPeer);
      return id;
    });
    this.#tell({ kind: 'message', channel, args: clone.encode(args), ports }, world);
  }

  deliver(id: number, message: unknown): void {
    this.#ends.get(id)?.post(message);
  }

  /** The page is gone, and its ends with it. */
  closeAll(): void {
    for (const end of this.#ends.values()) end.close();
    this.#ends.clear();
  }
}
