import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain } from 'electron';
import * as z from 'zod';
import { AppError, type PlainError, toPlainError } from '../../shared/contract/errors.ts';
import type { FileDoor, FileTicket } from '../services/file-door.ts';
import { rpcOptions } from '../services/rpc-errors.ts';
import type { ServedApp } from '../services/served-app.ts';
import { isFromAppPage } from './app-origin.ts';
import { CONNECT_CHANNEL, REGISTER_FILE_CHANNEL } from './channels.ts';
import { checkedPort } from './checked-port.ts';

/** Puts the router and the file door before our page; messages from any other frame are ignored or refused. */
export function listenToPages({ router, files }: ServedApp, reportBug: (thrown: unknown) => void): void {
  const handler = new RPCHandler(router, rpcOptions(reportBug));
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const [port, ...others] = event.ports;
    if (port === undefined || others.length > 0 || !isFromAppPage(event)) {
      for (const unwanted of event.ports) unwanted.close();
      return;
    }
    handler.upgrade(checkedPort(port), { context: {} });
    port.start();
  });
  ipcMain.handle(REGISTER_FILE_CHANNEL, async (event, request: unknown): Promise<FileTicket | PlainError> => {
    try {
      if (!isFromAppPage(event))
        throw new AppError('bad-request', 'Only the application page may name files');
      return await registerFile(files, request);
    } catch (thrown) {
      return toPlainError(thrown);
    }
  });
}

const FileRequestSchema = z.strictObject({ path: z.string().max(32_767), name: z.string().min(1).max(255) });

async function registerFile(files: FileDoor, request: unknown): Promise<FileTicket> {
  const parsed = FileRequestSchema.safeParse(request);
  if (!parsed.success) throw new AppError('bad-request', 'A file needs a path and a name');
  const { path, name } = parsed.data;
  const found = isAbsolute(path) && !path.includes('\0') ? await stat(path).catch(() => null) : null;
  if (!found?.isFile()) {
    throw new AppError('file-unreadable', `${name} is not a file on this computer that can be read`, {
      file: name,
      hint: 'Drop the file itself, not a folder or a part of a page.',
    });
  }
  return files.register(path, name);
}
