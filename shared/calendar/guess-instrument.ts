import { checkHours, type HoursEvidence } from './check-hours.ts';

/** What a ticker, and the times of its bars, tell about an instrument; every answer can be overruled by the user. */
export interface InstrumentGuess {
  /** Id of a calendar; null: nothing tells. */
  readonly calendar: string | null;
  /** ISO 4217 code of prices, or GBX (pence); null: nothing tells. */
  readonly currency: string | null;
  /** Why, in a sentence for people. */
  readonly why: string;
}

/** Suffixes of RICs and of the large free vendors, upper case: what is traded where and in which unit. */
const SUFFIXES: Readonly<Record<string, readonly [calendar: string, currency: string, market: string]>> = {
  L: ['XLON', 'GBX', 'London'],
  N: ['XNYS', 'USD', 'New York'],
  A: ['XNYS', 'USD', 'New York'],
  O: ['XNAS', 'USD', 'Nasdaq'],
  OQ: ['XNAS', 'USD', 'Nasdaq'],
  P: ['XNYS', 'USD', 'NYSE Arca'],
  US: ['XNYS', 'USD', 'New York'],
  PA: ['XPAR', 'EUR', 'Paris'],
  AS: ['XAMS', 'EUR', 'Amsterdam'],
  DE: ['XETR', 'EUR', 'Xetra'],
  T: ['XTKS', 'JPY', 'Tokyo'],
  HK: ['XHKG', 'HKD', 'Hong Kong'],
  SW: ['XSWX', 'CHF', 'the Swiss exchange'],
  S: ['XSWX', 'CHF', 'the Swiss exchange'],
  MI: ['XMIL', 'EUR', 'Milan'],
  MC: ['XMAD', 'EUR', 'Madrid'],
  ST: ['XSTO', 'SEK', 'Stockholm'],
  TO: ['XTSE', 'CAD', 'Toronto'],
  AX: ['XASX', 'AUD', 'Sydney'],
};

const MONEY = new Set(
  'USD EUR GBP JPY CHF AUD NZD CAD SEK NOK DKK PLN CZK HUF TRY ZAR MXN BRL SGD HKD CNH CNY INR KRW ILS THB XAU XAG'.split(
    ' ',
  ),
);
/** Coins that are quoted against ordinary money; against another coin any name will do. */
const COINS = new Set(
  'BTC XBT ETH ETC LTC BCH BNB SOL XRP ADA DOT DOGE SHIB AVAX LINK UNI ATOM XLM XMR TRX TON NEAR APT ARB OP MATIC POL FIL ICP ALGO AAVE MKR EOS DASH ZEC XTZ SUI PEPE'.split(
    ' ',
  ),
);
const COIN_MONEY = ['USDT', 'USDC', 'BUSD', 'TUSD', 'FDUSD', 'BTC', 'ETH', 'BNB'];

/** Roots of futures at the CME Group, by whose holidays they keep. */
const EQUITY_ROOTS = new Set('ES MES NQ MNQ YM MYM RTY M2K EMD NKD NIY SP ND'.split(' '));
const FX_ROOTS = new Set('6A 6B 6C 6E 6J 6L 6M 6N 6R 6S 6Z M6A M6B M6E MCD MJY MSF E7 J7'.split(' '));
const OTHER_ROOTS = new Set(
  'CL MCL QM NG QG RB HO BZ GC MGC SI SIL HG PL PA ZN ZB ZF ZT UB TN SR3 BTC MBT ETH'.split(' '),
);

/** By the ticker alone. */
export function guessByTicker(ticker: string): InstrumentGuess {
  const plain = ticker.toUpperCase().replace(/^(X:|C:|I:)/, '');
  return (
    guessFuture(plain) ??
    guessPair(plain, ticker) ??
    guessBySuffix(plain) ??
    guessPlain(plain, ticker) ?? {
      calendar: null,
      currency: null,
      why: `Nothing in the name ${ticker} tells where it trades.`,
    }
  );
}

/** By the ticker, checked against the times of its bars: a guess that they contradict is dropped, and said. */
export function guessInstrument(ticker: string, evidence: HoursEvidence | null): InstrumentGuess {
  const guess = guessByTicker(ticker);
  if (evidence === null || evidence.time.length === 0) return guess;
  if (guess.calendar === null) {
    const round = checkHours('FX', evidence);
    return round.onWeekends < 0.1
      ? guess
      : {
          ...guess,
          calendar: 'CRYPTO',
          why: `${guess.why} ${percent(round.onWeekends)} of its bars lie on weekends: it trades round the clock.`,
        };
  }
  const { onTradingDays, inSessions, onWeekends } = checkHours(guess.calendar, evidence);
  if (onTradingDays >= 0.95 && inSessions >= 0.2) {
    const inside = evidence.isOfDays ? '' : `, ${percent(inSessions)} of them in its sessions`;
    return {
      ...guess,
      why: `${guess.why} ${percent(onTradingDays)} of its bars lie on trading days${inside}.`,
    };
  }
  if (onWeekends >= 0.1) {
    return {
      calendar: 'CRYPTO',
      currency: guess.currency,
      why: `${guess.why} But ${percent(onWeekends)} of its bars lie on weekends: it trades round the clock.`,
    };
  }
  return {
    calendar: null,
    currency: guess.currency,
    why: `${guess.why} But only ${percent(Math.min(onTradingDays, inSessions))} of its bars lie in the sessions of ${guess.calendar}: choose a calendar.`,
  };
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function guessFuture(ticker: string): InstrumentGuess | null {
  const dated = /^([A-Z0-9]{1,3}?)([FGHJKMNQUVXZ])(\d{1,2}|\d{4})(\.(XCME|CME|XCBT|XNYM|XCEC))?$/.exec(
    ticker,
  );
  const running = /^@?([A-Z0-9]{1,3})(=F|#|[12]!|\.C\.\d|#C)$/.exec(ticker);
  const root = dated?.[1] ?? running?.[1];
  if (root === undefined) return null;
  const what = dated === null ? 'the running contract' : `contract ${dated[2]}${dated[3]}`;
  if (EQUITY_ROOTS.has(root)) {
    return {
      calendar: 'CME-EQUITY',
      currency: 'USD',
      why: `${root} is an equity index future at CME Globex, ${what}.`,
    };
  }
  if (FX_ROOTS.has(root)) {
    return {
      calendar: 'CME-FX',
      currency: 'USD',
      why: `${root} is a currency future at CME Globex, ${what}.`,
    };
  }
  return OTHER_ROOTS.has(root)
    ? {
        calendar: 'CME-FX',
        currency: 'USD',
        why: `${root} is a future at CME Globex, ${what}; its hours are those of currency futures, its holidays may differ.`,
      }
    : null;
}

function guessPair(ticker: string, given: string): InstrumentGuess | null {
  const pair = /^([A-Z0-9]{2,6})[-/_]([A-Z]{3,5})$/.exec(ticker);
  const [base, quote] = pair === null ? splitPair(ticker.replace(/=X$/, '')) : [pair[1]!, pair[2]!];
  if (base === null || quote === null) {
    const ric = /^([A-Z]{3})=$/.exec(ticker)?.[1];
    return ric !== undefined && MONEY.has(ric)
      ? { calendar: 'FX', currency: null, why: `${given} is a currency against the dollar.` }
      : null;
  }
  if (MONEY.has(base) && MONEY.has(quote)) {
    return {
      calendar: 'FX',
      currency: quote,
      why: `${given} is ${base} in ${quote}, traded from Sunday to Friday evening in New York.`,
    };
  }
  if ((COINS.has(base) && MONEY.has(quote)) || COIN_MONEY.includes(quote)) {
    const isCode = quote.length === 3 && MONEY.has(quote);
    return {
      calendar: 'CRYPTO',
      currency: isCode ? quote : null,
      why: `${given} is ${base} in ${quote}, traded round the clock.`,
    };
  }
  return null;
}

/** EURUSD, BTCUSD, ADAUSDT: two names without a sign between them. */
function splitPair(ticker: string): readonly [string, string] | readonly [null, null] {
  if (!/^[A-Z0-9]{5,11}$/.test(ticker)) return [null, null];
  const money = ticker.slice(-3);
  const base = ticker.slice(0, -3);
  if (MONEY.has(money) && (MONEY.has(base) || COINS.has(base))) return [base, money];
  for (const coin of COIN_MONEY) {
    const rest = ticker.slice(0, -coin.length);
    // A share may well end in ETH: against another coin only names that are known.
    if (ticker.endsWith(coin) && (COINS.has(rest) || (coin.length > 3 && rest.length >= 2)))
      return [rest, coin];
  }
  return [null, null];
}

function guessBySuffix(ticker: string): InstrumentGuess | null {
  const suffix = /^[A-Z0-9][A-Z0-9_/-]*\.([A-Z]{1,2})$/.exec(ticker)?.[1];
  const found = suffix === undefined || !Object.hasOwn(SUFFIXES, suffix) ? undefined : SUFFIXES[suffix];
  if (found === undefined) return null;
  const [calendar, currency, market] = found;
  const unit = currency === 'GBX' ? 'pence' : currency;
  return { calendar, currency, why: `.${suffix} is ${market}, prices in ${unit}.` };
}

function guessPlain(plain: string, given: string): InstrumentGuess | null {
  if (/^[\^.]?(SPX|GSPC|DJI|NDX|IXIC|RUT|VIX)$/.test(plain)) {
    return { calendar: 'XNYS', currency: null, why: `${given} is an index of shares in New York.` };
  }
  // BRK.B, BF-B, BRK/B: a class of shares.
  return /^[A-Z]{1,5}([./-][A-E])?$/.test(plain)
    ? {
        calendar: 'XNYS',
        currency: 'USD',
        why: `${given} has the form of a share in New York; Nasdaq keeps the same hours and holidays.`,
      }
    : null;
}
