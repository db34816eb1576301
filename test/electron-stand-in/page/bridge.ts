// The wall between a preload's world and the page's, with the only holes that Electron's contextBridge makes: functions
// and promises become others of the other world, everything else is cloned. The two worlds share the document's events
// and nothing else; `detail` is cloned by the browser when the other world reads it. Sent into both worlds as source.

export interface Bridge {
  /** Gives an object to the page, for good. */
  readonly expose: (name: string, api: unknown) => void;
}

interface Call {
  readonly id: number;
  readonly callee: number;
  readonly args: readonly unknown[];
}
interface Outcome {
  readonly id: number;
  readonly ok: boolean;
  readonly value: unknown;
}

/** `secret` names the events, so that no script of the page can guess them. */
export function makeBridge(secret: string, side: 'preload' | 'page'): Bridge {
  const other = side === 'preload' ? 'page' : 'preload';
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const outcomes = new Map<number, Outcome>();
  const promises = new Map<number, (outcome: Outcome) => void>();
  const exposures: { name: string; api: unknown }[] = [];
  let calls = 0;
  let pending = 0;

  const tell = (kind: string, detail: unknown) =>
    window.dispatchEvent(new CustomEvent(`${secret} ${kind} to ${other}`, { detail }));
  const hear = <Detail>(kind: string, listener: (detail: Detail) => void) =>
    window.addEventListener(
      `${secret} ${kind} to ${side}`,
      (event) => {
        event.stopImmediatePropagation();
        listener((event as CustomEvent<Detail>).detail);
      },
      true,
    );

  /** A value as the other world may read it. */
  function lower(value: unknown): unknown {
    if (typeof value === 'function')
      return { [secret]: 'function', id: functions.push(value as () => unknown) - 1 };
    if (value instanceof Promise) {
      const id = ++pending;
      value.then(
        (result) => tell('settled', { id, ok: true, value: lower(result) }),
        (thrown) => tell('settled', { id, ok: false, value: messageOf(thrown) }),
      );
      return { [secret]: 'promise', id };
    }
    if (Array.isArray(value)) return value.map(lower);
    return isPlain(value) ? mapMembers(value, lower) : value;
  }

  /** A value of the other world as one of this. */
  function raise(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(raise);
    if (!isPlain(value)) return value;
    const id = value.id as number;
    if (value[secret] === 'function') return (...args: unknown[]) => call(id, args);
    if (value[secret] === 'promise') {
      return new Promise((resolve, reject) =>
        promises.set(id, (outcome) =>
          outcome.ok ? resolve(raise(outcome.value)) : reject(new Error(outcome.value as string)),
        ),
      );
    }
    return mapMembers(value, raise);
  }

  function call(callee: number, args: readonly unknown[]): unknown {
    const id = ++calls;
    tell('call', { id, callee, args: args.map(lower) });
    const outcome = outcomes.get(id);
    outcomes.delete(id);
    if (outcome === undefined) throw new Error('The other world is gone');
    if (!outcome.ok) throw new Error(outcome.value as string);
    return raise(outcome.value);
  }

  const isPlain = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  const mapMembers = (object: Record<string, unknown>, change: (value: unknown) => unknown) =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
  const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
  const freeze = (value: unknown): unknown => {
    if (Array.isArray(value) || isPlain(value)) for (const member of Object.values(value)) freeze(member);
    else if (typeof value !== 'function') return value;
    return Object.freeze(value);
  };

  hear<Call>('call', ({ id, callee, args }) => {
    let outcome: Outcome;
    try {
      outcome = { id, ok: true, value: lower(functions[callee]!(...args.map(raise))) };
    } catch (thrown) {
      outcome = { id, ok: false, value: messageOf(thrown) };
    }
    tell('outcome', outcome);
  });
  hear<Outcome>('outcome', (outcome) => outcomes.set(outcome.id, outcome));
  hear<Outcome>('settled', (outcome) => {
    promises.get(outcome.id)?.(outcome);
    promises.delete(outcome.id);
  });
  if (side === 'page') {
    hear<{ name: string; api: unknown }>('expose', ({ name, api }) =>
      Object.defineProperty(window, name, { value: freeze(raise(api)), enumerable: true }),
    );
    tell('ready', null);
  } else {
    // Whichever world comes first: what was exposed before the page's side listened is told again when it does.
    hear('ready', () => {
      for (const exposure of exposures) tell('expose', exposure);
    });
  }

  return {
    expose: (name, api) => {
      if (exposures.some((exposure) => exposure.name === name))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      const exposure = { name, api: lower(api) };
      exposures.push(exposure);
      tell('expose', exposure);
    },
  };
}
