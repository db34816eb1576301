import http from 'node:http';
import tls from 'node:tls';

let isReady = false;

/**
 * Before the first call to the outside: proxies as the environment names them, and the certificates that the system
 * trusts beside those that came with Node, which a network that opens TLS needs. This machine itself is never reached
 * through a proxy.
 */
export function prepareNetwork(): void {
  if (isReady) return;
  isReady = true;
  // By their objects and with care: both are young, and Electron's Node may be older or without the system's store.
  http.setGlobalProxyFromEnv?.(proxyEnvironment());
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
