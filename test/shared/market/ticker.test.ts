import { expect, it } from 'vitest';
import { isTicker } from '../../../shared/market/ticker.ts';

it('accepts the symbols of real vendors', () => {
  const symbols =
    'NA NAN NULL TRUE ON E 007 0700.HK BRK.B BRK/B BF-B ^GSPC EURUSD=X ES=F BTC/USD BTC-USD AAL.L VOD.L XS0123456789 I:SPX O:SPY230327P00390000 .SPX EUR= @ES# EUROSTOXX-FUT-2006';
  for (const symbol of symbols.split(' ')) expect(isTicker(symbol), symbol).toBe(true);
});

it('refuses formulas, paths, SQL and markup', () => {
  for (const text of [
    "=cmd|'/C calc'!A0",
    '../../x',
    '..',
    'a/../b',
    "'; DROP TABLE bars;--",
    '+SUM(1)',
    '-1',
    '@A1',
    'C:\\x',
    'C:/x',
    '/etc/passwd',
    'a/b/c',
    'x/',
    'x--y',
    '<b>',
    'A B',
    'A,B',
    '',
    '\u0000',
    'AAPL\n',
    'A'.repeat(33),
  ]) {
    expect(isTicker(text), text).toBe(false);
  }
});
