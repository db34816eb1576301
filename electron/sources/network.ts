import http from 'node:http';
import tls from 'node:tls';
import { AppError } from '../../shared/contract/errors.ts';

let isReady = false;

/**
 * Before the first call to the outside: proxies as the environment names them, and the certificates that the system
 * trusts beside those that came with Node, which a network that opens TLS needs. This machine itself is never reached
 * through a proxy. Throws an AppError for a proxy that cannot be one.
 */
export function prepareNetwork(): void {
  if (isReady) return;
  // By their objects and with care: both are young, and Electron's Node may be older or without the system's store.
  try {
    http.setGlobalProxyFromEnv?.(proxyEnvironment());
  } catch (cause) {
    throw new AppError(
      'network',
      'The environment names a proxy that is no address (HTTPS_PROXY or HTTP_PROXY)',
      { hint: 'Write it as http://host:port and start Hindsight again.' },
      { cause },
    );
  }
  isReady = true;
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]);
  } catch {}
}

const LOCAL = 'localhost,127.0.0.1,::1';

/** The environment's proxies. */
export function proxyEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const not = env.no_proxy ?? env.NO_PROXY;
  const noProxy = not ? `${not},${LOCAL}` : LOCAL;
  return { ...env, no_proxy: noProxy, NO_PROXY: noProxy };
}
