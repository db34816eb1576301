import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';

// How the stand-in refuses. A member that it lacks ends a chain of prototypes in a proxy, so a wrong name throws where
// it is read instead of being `undefined`, and what is there works as if there were no proxy.

const typings = new Map(
  readFileSync(new URL('typings.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(':')), new Set(line.slice(line.indexOf(':') + 2).split(' '))]),
);
/** Names that Electron's typings have: the members of `App`, `App events`, `Menu statics`, or all `exports`. */
export const declaredNames = (subject: string): ReadonlySet<string> => typings.get(subject) ?? new Set();

/** Names that the language, the test driver or a formatter asks any object for. */
const ASKED_OF_ALL = new Set(['then', 'toJSON', 'constructor', 'prototype', 'nodeType', 'domain']);
/** Events of every emitter. */
const COMMON_EVENTS = new Set(['error', 'newListener', 'removeListener']);

function refusal(what: string, isDeclared: boolean): Error {
  return new Error(
    isDeclared
      ? `Electron has ${what}, but its stand-in does not: add it to test/electron-stand-in, or do without`
      : `Electron's typings have no ${what}`,
  );
}

/** A prototype that refuses every name it has not. `names` of Electron's typings decide what is said. */
function refusing<Target extends object>(
  target: Target,
  subject: string,
  names: ReadonlySet<string>,
): Target {
  return new Proxy(target, {
    get(found, name, receiver) {
      if (typeof name === 'symbol' || name in found || ASKED_OF_ALL.has(name))
        return Reflect.get(found, name, receiver);
      throw refusal(`${subject}.${name}`, names.has(name));
    },
  });
}

/** Lets an object refuse what it has not. */
export function refusingObject<Members extends object>(subject: string, members: Members): Members {
  return Object.setPrototypeOf(members, refusing(Object.prototype, subject, declaredNames(subject)));
}

/** A base class whose instances and statics refuse what their class has not. */
export function refusingClass(subject: string): new () => object {
  const Base = class {};
  Object.setPrototypeOf(Base.prototype, refusing(Object.prototype, subject, declaredNames(subject)));
  Object.setPrototypeOf(Base, refusing(Function.prototype, subject, declaredNames(`${subject} statics`)));
  return Base;
}

export interface Events {
  /** What happens here as it does in Electron. */
  readonly emitted: readonly string[];
  /** What may be listened to, though it never happens here by itself. */
  readonly silent?: readonly string[];
}

/** The same for emitters. Listening to an event is refused too, unless it is known what becomes of it here; channels are not events. */
export function refusingEmitter(subject: string, heard: Events | 'any'): typeof EventEmitter {
  const events = declaredNames(`${subject} events`);
  const known = new Set(heard === 'any' ? [] : [...heard.emitted, ...(heard.silent ?? [])]);
  for (const event of known) if (!events.has(event)) throw refusal(`event "${event}" of ${subject}`, false);
  const check = (event: string | symbol) => {
    if (heard === 'any' || typeof event === 'symbol' || known.has(event) || COMMON_EVENTS.has(event)) return;
    throw refusal(`event "${event}" of ${subject}`, events.has(event));
  };
  const Base = class extends EventEmitter {};
  for (const name of ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'] as const) {
    Object.defineProperty(Base.prototype, name, {
      value(this: EventEmitter, event: string | symbol, listener: () => void) {
        check(event);
        return EventEmitter.prototype[name].call(this, event, listener);
      },
    });
  }
  Object.setPrototypeOf(Base.prototype, refusing(EventEmitter.prototype, subject, declaredNames(subject)));
  Object.setPrototypeOf(Base, refusing(EventEmitter, subject, declaredNames(`${subject} statics`)));
  return Base as unknown as typeof EventEmitter;
}

/** An export of Electron that the stand-in has nothing of: whatever is done with it is refused. */
export function refusedExport(name: string): never {
  const refuse = () => {
    throw refusal(name, declaredNames('exports').has(name));
  };
  return new Proxy(class {}, {
    get: refuse,
    construct: refuse,
    apply: refuse,
    has: refuse,
    set: refuse,
  }) as never;
}

/** Compiles only where every public member of Mine is one that Electron's typings have, and fits it. */
export type Fits<
  Mine extends { [Name in keyof Mine]: Name extends keyof Real ? Real[Name] : never },
  Real,
> = Mine;

/** What Electron hands to listeners that may say no. */
export class PreventableEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** The same with the details that newer events carry on themselves. */
export function preventable<Details extends object>(details: Details): PreventableEvent & Details {
  return Object.assign(new PreventableEvent(), details);
}
