import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../shared/calendar/calendars.ts';
import { checkHours } from '../../../shared/calendar/check-hours.ts';
import { guessByTicker, guessInstrument } from '../../../shared/calendar/guess-instrument.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const at = (text: string) => Date.parse(`${text}Z`);
const every = (from: string, to: string, step: number) =>
  Float64Array.from({ length: Math.ceil((at(to) - at(from)) / step) }, (_, i) => at(from) + i * step);
const sessionMinutes = (id: string) =>
  Float64Array.from(
    calendarOf(id)
      .sessions(at('2024-07-01T00:00'), at('2024-07-20T00:00'))
      .flatMap(({ open, close }) =>
        Array.from({ length: (close - open) / MINUTE }, (_, i) => open + i * MINUTE),
      ),
  );

describe('by the ticker', () => {
  test.each([
    ['AAL.L', 'XLON', 'GBX'],
    ['VOD.L', 'XLON', 'GBX'],
    ['IBM.N', 'XNYS', 'USD'],
    ['AAPL.O', 'XNAS', 'USD'],
    ['AAPL.OQ', 'XNAS', 'USD'],
    ['aapl.us', 'XNYS', 'USD'],
    ['AIR.PA', 'XPAR', 'EUR'],
    ['SAPG.DE', 'XETR', 'EUR'],
    ['ASML.AS', 'XAMS', 'EUR'],
    ['7203.T', 'XTKS', 'JPY'],
    ['0700.HK', 'XHKG', 'HKD'],
    ['NESN.SW', 'XSWX', 'CHF'],
    ['BHP.AX', 'XASX', 'AUD'],
    ['RY.TO', 'XTSE', 'CAD'],
    ['VOLV-B.ST', 'XSTO', 'SEK'],
    ['BTCUSD', 'CRYPTO', 'USD'],
    ['BTC-USD', 'CRYPTO', 'USD'],
    ['BTC/USD', 'CRYPTO', 'USD'],
    ['BTCUSDT', 'CRYPTO', null],
    ['ADABTC', 'CRYPTO', null],
    ['X:BTCUSD', 'CRYPTO', 'USD'],
    ['1INCHUSDT', 'CRYPTO', null],
    ['EURUSD', 'FX', 'USD'],
    ['USDJPY', 'FX', 'JPY'],
    ['EUR/USD', 'FX', 'USD'],
    ['EURUSD=X', 'FX', 'USD'],
    ['C:EURUSD', 'FX', 'USD'],
    ['EUR=', 'FX', null],
    ['6EH4', 'CME-FX', 'USD'],
    ['6EH4.XCME', 'CME-FX', 'USD'],
    ['ESZ5', 'CME-EQUITY', 'USD'],
    ['ESZ2025', 'CME-EQUITY', 'USD'],
    ['ES=F', 'CME-EQUITY', 'USD'],
    ['@ES#', 'CME-EQUITY', 'USD'],
    ['CLF25', 'CME-FX', 'USD'],
    ['AAPL', 'XNYS', 'USD'],
    ['BRK.B', 'XNYS', 'USD'],
    ['BF-B', 'XNYS', 'USD'],
    ['^GSPC', 'XNYS', null],
    ['I:SPX', 'XNYS', null],
    ['BETH', 'XNYS', 'USD'],
    ['EUROSTOXX-FUT-2006', null, null],
    ['XS0123456789', null, null],
    ['007', null, null],
    ['SAP.XX', null, null],
    ['__proto__', null, null],
    ['A.CO', null, null],
  ])('%s', (ticker, calendar, currency) => {
    expect(guessByTicker(ticker)).toMatchObject({ calendar, currency });
    expect(guessByTicker(ticker).why).toMatch(/\.$/);
  });
});

describe('checked against the bars', () => {
  test('bars inside the sessions confirm it, in words', () => {
    const guess = guessInstrument('AAL.L', { time: sessionMinutes('XLON'), isOfDays: false });
    expect(guess.calendar).toBe('XLON');
    expect(guess.why).toBe(
      '.L is London, prices in pence. 100 % of its bars lie on trading days, 100 % of them in its sessions.',
    );
  });
  test('a coin that looks like a share trades at weekends', () => {
    const time = every('2024-07-01T00:00', '2024-07-15T00:00', 30 * MINUTE);
    const guess = guessInstrument('PEPE', { time, isOfDays: false });
    expect(guess.calendar).toBe('CRYPTO');
    expect(guess.why).toContain('weekends');
    expect(guessInstrument('OUR-OWN-COIN', { time, isOfDays: false }).calendar).toBe('CRYPTO');
  });
  test('bars at other hours leave it open', () => {
    const guess = guessInstrument('AAPL', { time: sessionMinutes('XTKS'), isOfDays: false });
    expect(guess.calendar).toBeNull();
    expect(guess.why).toContain('choose a calendar');
  });
  test('days are dates, wherever the exchange lies', () => {
    const days = (id: string) =>
      Float64Array.from(calendarOf(id).sessions(at('2024-01-01T00:00'), at('2024-12-31T00:00')), ({ day }) =>
        at(`${day}T00:00`),
      );
    expect(checkHours('XNYS', { time: days('XNYS'), isOfDays: true })).toEqual({
      onTradingDays: 1,
      inSessions: 1,
      onWeekends: 0,
    });
    const all = every('2024-01-01T00:00', '2024-12-31T00:00', DAY);
    expect(guessInstrument('BTC', { time: all, isOfDays: true }).calendar).toBe('CRYPTO');
    expect(guessInstrument('AAPL', { time: days('XNYS'), isOfDays: true }).calendar).toBe('XNYS');
  });
  test('years that the calendar does not know prove nothing', () => {
    const time = every('1962-01-01T00:00', '1962-02-01T00:00', DAY);
    expect(guessInstrument('IBM', { time, isOfDays: true }).calendar).toBe('XNYS');
  });
});
