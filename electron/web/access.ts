import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

// Loopback is not private: any page in any browser can knock, and a foreign name can be made to resolve to 127.0.0.1.

/** 256 random bits, in characters that fit a URL fragment and a WebSocket subprotocol. */
export const createToken = () => randomBytes(32).toString('base64url');

/** Compares in constant time, whatever the lengths. */
export function isSameSecret(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(expected));
}

/** `bearer` of an Authorization header. */
export const bearerToken = (headers: IncomingHttpHeaders) =>
  /^Bearer ([\w-]+)$/.exec(headers.authorization ?? '')?.[1];

/** The token among the subprotocols that a page offers: `hindsight, token.<token>`. */
export function subprotocolToken(headers: IncomingHttpHeaders): string | undefined {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes('hindsight')) return undefined;
  return offered.find((name) => name.startsWith('token.'))?.slice('token.'.length);
}

/**
 * Why a request must be refused, or null. Every request has to name this server as its host; one that changes
 * anything (`fromPage`) has to come from a page of this server, which browsers state in Origin.
 */
export function refusal(headers: IncomingHttpHeaders, port: number, fromPage: boolean): string | null {
  const { host = '', origin } = headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 'foreign host';
  if (origin === undefined ? fromPage : origin !== `http://${host}`) return 'foreign origin';
  const site = headers['sec-fetch-site'];
  const mayNavigate = !fromPage && site === 'none';
  if (site !== undefined && site !== 'same-origin' && !mayNavigate) return 'cross-site request';
  return null;
}
