import type Electron from 'electron';
import type { PageRequest, RequestOutcome } from '../chromium/tab.ts';
import { refusingObject } from '../refusal.ts';
import { world } from './world.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];
const declaredSchemes = new Set<string>();
const handlers = new Map<string, Handler>();

export const protocol = refusingObject('Protocol', {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (world.chromium !== null)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges = {} } of schemes) {
      const {
        standard,
        secure = false,
        supportFetchAPI,
        bypassCSP,
        allowServiceWorkers,
        stream,
      } = privileges;
      if (!standard || !supportFetchAPI || bypassCSP || allowServiceWorkers || stream)
        throw new Error(`The stand-in has only standard schemes that can be fetched: not ${scheme}`);
      declaredSchemes.add(scheme);
      world.addresses.add({ scheme, secure });
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!declaredSchemes.has(scheme))
      throw new Error(`The stand-in handles only schemes that were declared privileged: not ${scheme}`);
    if (handlers.has(scheme)) throw new Error('Failed to register protocol: it is handled already');
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string) => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
}) satisfies Partial<Electron.Protocol>;

/** The application's own answer to a request of `url`, or none where it handles no such scheme. */
export async function answerRequest(url: string, request: PageRequest): Promise<RequestOutcome | null> {
  const handler = handlers.get(url.slice(0, url.indexOf(':')));
  if (handler === undefined) return null;
  const { method, headers, body } = request;
  try {
    const response = await handler(new Request(url, { method, headers, ...(body === null ? {} : { body }) }));
    return {
      status: response.status,
      headers: [...response.headers],
      body: Buffer.from(await response.arrayBuffer()),
    };
  } catch (thrown) {
    process.stderr.write(`protocol.handle: ${url}: ${(thrown as Error).stack}\n`);
    return { error: 'Failed' };
  }
}
