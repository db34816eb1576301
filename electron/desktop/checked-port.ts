import type { MessagePortMain } from 'electron';
import { isRpcMessage } from '../services/rpc-message.ts';

type Listener = (event?: { data: unknown }) => void;

/** A page's port as the RPC handler sees it: a malformed request ends the connection instead of reaching it. */
export function checkedPort(port: MessagePortMain) {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on: (type: string, listener: Listener) => {
      if (type === 'close') {
        port.on('close', () => listener());
        return;
      }
      port.on('message', (event) => {
        if (isRpcMessage(event.data)) listener(event);
        else port.close();
      });
    },
  };
}
