import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { PlainError } from '../../shared/contract/errors.ts';
import type { FileTicket } from '../services/file-door.ts';
import { COMMAND_CHANNEL, CONNECT_CHANNEL, REGISTER_FILE_CHANNEL } from './channels.ts';

// This project has Node's types, not the DOM's; of the window only this is used.
interface WindowMessage {
  readonly source: unknown;
  readonly data: { readonly type?: unknown } | null;
  readonly ports: NonNullable<Parameters<typeof ipcRenderer.postMessage>[2]>;
}
declare const window: {
  addEventListener(type: 'message', listener: (event: WindowMessage) => void): void;
};

contextBridge.exposeInMainWorld('hindsight', {
  face: 'desktop',
  async registerFile(file: File): Promise<FileTicket> {
    const request = { path: webUtils.getPathForFile(file), name: file.name };
    const answer: FileTicket | PlainError = await ipcRenderer.invoke(REGISTER_FILE_CHANNEL, request);
    if ('fileId' in answer) return answer;
    throw new Error(answer.message);
  },
  onCommand(listener: (command: string) => void): void {
    ipcRenderer.on(COMMAND_CHANNEL, (_event, command: unknown) => listener(String(command)));
  },
});

window.addEventListener('message', ({ source, data, ports }) => {
  if (source === window && data?.type === CONNECT_CHANNEL) {
    ipcRenderer.postMessage(CONNECT_CHANNEL, null, ports);
  }
});
