import { describe, expect, test } from 'vitest';
import { networkFailure, quoted, retryAfter } from '../../../electron/sources/failures.ts';

/** As fetch() throws it. */
const fetchFailed = (code: string, message = 'reason') =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });

describe('what a failed connection says', () => {
  test.each([
    ['ENOTFOUND', 'The name vendor.example cannot be looked up', /online/, 3],
    ['EAI_AGAIN', 'The name vendor.example cannot be looked up', /online/, 3],
    ['ENETUNREACH', 'vendor.example cannot be reached (ENETUNREACH)', /firewall or a proxy/, 3],
    ['CERT_HAS_EXPIRED', 'No safe connection to vendor.example: reason (CERT_HAS_EXPIRED)', /clock/, 1],
    ['CERT_NOT_YET_VALID', 'No safe connection to vendor.example: reason (CERT_NOT_YET_VALID)', /clock/, 1],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'No safe connection to vendor.example: reason (ERR_TLS_CERT_ALTNAME_INVALID)',
      /Another server/,
      1,
    ],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'No safe connection to vendor.example: reason (DEPTH_ZERO_SELF_SIGNED_CERT)',
      /NODE_EXTRA_CA_CERTS/,
      1,
    ],
    ['UND_ERR_CONNECT_TIMEOUT', 'vendor.example did not answer in time', /next fetch goes on/, 5],
    ['ETIMEDOUT', 'vendor.example did not answer in time', /next fetch goes on/, 5],
    ['ECONNRESET', 'The connection to vendor.example broke off: reason (ECONNRESET)', /goes on/, 5],
  ])('%s', (code, message, hint, tries) => {
    const failure = networkFailure(fetchFailed(code), 'vendor.example');
    expect(failure.error).toMatchObject({ code: 'network', message });
    expect(failure.error.detail.hint).toMatch(hint);
    expect(failure.tries).toBe(tries);
  });

  test('a host with several addresses', () => {
    const errors = ['ECONNREFUSED', 'ENETUNREACH'].map((code) => Object.assign(new Error('x'), { code }));
    const failure = networkFailure(
      new TypeError('fetch failed', { cause: new AggregateError(errors) }),
      'a.b',
    );
    expect(failure.error.message).toBe('a.b cannot be reached (ECONNREFUSED)');
  });
});

test('what a server said is cut to a harmless line', () => {
  expect(quoted('a\u0000\n\tb\u202Ec  d')).toBe('a b c d');
  expect(quoted('x'.repeat(1000))).toHaveLength(201);
});

test('how long Retry-After asks to wait', () => {
  const of = (text: string | null) =>
    retryAfter({
      headers: new Headers(text === null ? {} : { 'Retry-After': text }),
      now: Date.UTC(2024, 0),
    });
  expect(of('120')).toBe(120_000);
  expect(of('Mon, 01 Jan 2024 00:01:00 GMT')).toBe(60_000);
  expect(of('Sun, 31 Dec 2023 00:01:00 GMT')).toBe(0);
  expect([of('soon'), of(null)]).toEqual([null, null]);
});
