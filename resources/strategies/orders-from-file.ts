/**
 * Makes the orders of a list, so that signals from elsewhere can be tested with this engine's costs and fills.
 *
 * The list is CSV text with a header: `time,ticker,side,size` and, where wanted, `limit,stop,trail_amount,
 * trail_percent,at,valid_minutes`. `time` is ISO 8601 (UTC) or epoch milliseconds; `side` is buy, sell, close or target (then
 * `size` is the position to reach, negative for short). A line acts on the first bar whose time is at or after its own and
 * fills from the next bar on. Or it is JSON: a list of calls by bar number with tags, groups and brackets, as recorded
 * from backtrader.
 */
import { type Data, type Order, type OrderRequest, Strategy, text, type Validity } from 'hindsight';

const params = {
  orders: text('', { help: 'The list itself; in the terminal: --set orders=@FILE.' }),
};

/** A call as recorded: in the call of next() with the number `bar` (from 1), with prices as they are. */
interface Call {
  readonly bar: number;
  readonly op: 'order' | 'close' | 'cancel' | 'target_size' | 'target_value' | 'target_percent';
  readonly data?: number;
  readonly tag?: string;
  readonly side?: 'buy' | 'sell';
  readonly size?: number;
  readonly type?: 'Market' | 'Limit' | 'Stop' | 'StopLimit' | 'StopTrail' | 'StopTrailLimit' | 'Close';
  readonly price?: number;
  readonly plimit?: number;
  readonly trailamount?: number;
  readonly trailpercent?: number;
  readonly valid?: {
    readonly kind: 'minutes' | 'day' | 'date' | 'datetime' | 'number';
    readonly value?: number | string;
  } | null;
  readonly oco?: string;
  readonly parent?: string;
  readonly transmit?: boolean;
  readonly tradeid?: number;
  readonly target?: number;
}

/** A line of the CSV list. */
interface Signal {
  readonly line: number;
  readonly time: number;
  readonly ticker: string;
  readonly side: string;
  readonly size: number;
  readonly request: OrderRequest;
}

const DAY = 86_400_000;
const SIDES = ['buy', 'sell', 'close', 'target'];

export default class OrdersFromFile extends Strategy<typeof params> {
  static params = params;

  calls: readonly Call[] = [];
  signals: readonly Signal[] = [];
  upcoming = 0;
  /** Number of next() calls so far: what `bar` of a call counts. */
  steps = 0;
  made = new Map<string, Order>();

  override init() {
    const list = this.params.orders.trim();
    if (list === '') throw new Error('The list of orders is empty: give it as the parameter "orders"');
    if (list.startsWith('[') || list.startsWith('{')) this.calls = callsOf(list);
    else this.signals = signalsOf(list);
    for (const { line, ticker } of this.signals) {
      if (!this.datas.some((data) => data.ticker === ticker)) {
        throw new Error(
          `Line ${line}: the run has no ${ticker}, only ${this.datas.map((data) => data.ticker).join(', ')}`,
        );
      }
    }
  }

  next() {
    this.steps++;
    for (; this.calls[this.upcoming]?.bar === this.steps; this.upcoming++)
      this.makeCall(this.calls[this.upcoming]!);
    for (; (this.signals[this.upcoming]?.time ?? Number.POSITIVE_INFINITY) <= this.now; this.upcoming++) {
      this.makeSignal(this.signals[this.upcoming]!);
    }
  }

  makeSignal({ ticker, side, size, request }: Signal) {
    const data = this.datas.find((candidate) => candidate.ticker === ticker)!;
    if (side === 'buy') this.buy({ ...request, size, data });
    else if (side === 'sell') this.sell({ ...request, size, data });
    else this.orderTargetSize(side === 'close' ? 0 : size, data, request);
  }

  makeCall(call: Call) {
    const data = this.datas[call.data ?? 0]!;
    const order = this.orderOf(call, data);
    if (order !== null && call.tag !== undefined) this.made.set(call.tag, order);
  }

  orderOf(call: Call, data: Data): Order | null {
    switch (call.op) {
      case 'order': {
        const request = { ...this.requestOf(call, data), data, size: call.size! };
        return call.side === 'buy' ? this.buy(request) : this.sell(request);
      }
      case 'close':
        return this.close(data);
      case 'target_size':
        return this.orderTargetSize(call.target!, data);
      case 'target_value':
        return this.orderTargetValue(call.target!, data);
      case 'target_percent':
        return this.orderTargetPercent(call.target!, data);
      case 'cancel': {
        const order = this.made.get(call.tag!);
        if (order !== undefined) this.cancel(order);
        return null;
      }
      default:
        throw new Error(`A call of step ${call.bar} has the unknown op "${String(call.op)}"`);
    }
  }

  requestOf(call: Call, data: Data): OrderRequest {
    const valid = call.valid == null ? undefined : validityOf(call.valid, data.time);
    const oco = call.oco == null ? undefined : this.made.get(call.oco);
    const parent = call.parent == null ? undefined : this.made.get(call.parent);
    return {
      ...pricesOf(call),
      ...(valid === undefined ? {} : { valid }),
      ...(oco === undefined ? {} : { oco }),
      ...(parent === undefined ? {} : { parent }),
      transmit: call.transmit ?? true,
      tradeId: call.tradeid ?? 0,
    };
  }
}

function pricesOf({ type = 'Market', price, plimit, trailamount, trailpercent }: Call): OrderRequest {
  const trail = trailamount !== undefined ? { trailAmount: trailamount } : { trailPercent: trailpercent! };
  const from = price === undefined ? {} : { trailFrom: price };
  switch (type) {
    case 'Market':
      return {};
    case 'Close':
      return { at: 'close' };
    case 'Limit':
      return { limit: plimit ?? price! };
    case 'Stop':
      return { stop: price! };
    case 'StopLimit':
      return { stop: price!, limit: plimit! };
    case 'StopTrail':
      return { ...trail, ...from };
    case 'StopTrailLimit':
      return { ...trail, ...from, limit: plimit! };
    default:
      throw new Error(`Unknown type of order: ${String(type)}`);
  }
}

/** backtrader's meanings: `day` ends a second before midnight, a date at its beginning, a number is a day number. */
function validityOf({ kind, value }: NonNullable<Call['valid']>, now: number): Validity | undefined {
  switch (kind) {
    case 'minutes':
      return { minutes: Number(value) };
    case 'day':
      return Math.floor(now / DAY) * DAY + 86_399_009.999;
    case 'date':
    case 'datetime':
      return instant(String(value));
    case 'number':
      return Number(value) === 0 ? undefined : (Number(value) - 719_163) * DAY;
    default:
      throw new Error(`Unknown kind of validity: ${String(kind)}`);
  }
}

function callsOf(list: string): readonly Call[] {
  const parsed: unknown = JSON.parse(list);
  const calls = Array.isArray(parsed) ? parsed : (parsed as { calls?: unknown }).calls;
  if (!Array.isArray(calls))
    throw new Error('The JSON list of orders is neither an array nor has it one named "calls"');
  return calls as Call[];
}

function signalsOf(list: string): readonly Signal[] {
  const [header = '', ...rows] = list.split(/\r?\n/);
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  for (const name of ['time', 'ticker', 'side']) {
    if (!names.includes(name))
      throw new Error(`Line 1: the list of orders has no column "${name}", only ${names.join(', ')}`);
  }
  const signals = rows.flatMap((row, index) => (row.trim() === '' ? [] : [signalOf(row, names, index + 2)]));
  return signals.sort((a, b) => a.time - b.time || a.line - b.line);
}

function signalOf(row: string, names: readonly string[], line: number): Signal {
  const cells = row.split(',').map((cell) => cell.trim());
  const cell = (name: string) => cells[names.indexOf(name)] ?? '';
  const number = (name: string): number | undefined => {
    const value = cell(name) === '' ? undefined : Number(cell(name));
    if (Number.isNaN(value)) throw new Error(`Line ${line}: ${name} is no number: "${cell(name)}"`);
    return value;
  };
  const side = cell('side').toLowerCase();
  if (!SIDES.includes(side))
    throw new Error(`Line ${line}: side is one of ${SIDES.join(', ')}, not "${cell('side')}"`);
  const size = number('size');
  if (size === undefined && side !== 'close') throw new Error(`Line ${line}: the size is missing`);
  const at = cell('at');
  if (!['', 'open', 'close'].includes(at)) throw new Error(`Line ${line}: at is open or close, not "${at}"`);
  const fields = {
    limit: number('limit'),
    stop: number('stop'),
    trailAmount: number('trail_amount'),
    trailPercent: number('trail_percent'),
    at: at === '' ? undefined : at,
  };
  const minutes = number('valid_minutes');
  return {
    line,
    time: timeOf(cell('time'), line),
    ticker: cell('ticker'),
    side,
    size: size ?? 0,
    request: {
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      ...(minutes === undefined ? {} : { valid: { minutes } }),
    },
  };
}

function timeOf(cell: string, line: number): number {
  const time = /^\d{10,}$/.test(cell) ? Number(cell) : instant(cell);
  if (Number.isNaN(time))
    throw new Error(`Line ${line}: time is neither ISO 8601 nor epoch milliseconds: "${cell}"`);
  return time;
}

/** Without a zone, UTC. */
function instant(written: string): number {
  const iso = written.replace(' ', 'T');
  return Date.parse(/([zZ]|[+-]\d\d:?\d\d)$/.test(iso) ? iso : iso.length === 10 ? iso : `${iso}Z`);
}
