// Loaded before a program and before each of its threads (`--import`): writes down every attempt to reach anything by
// network or by name. The file is in the address: environments of threads are empty.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';
import { isMainThread } from 'node:worker_threads';

const log = new URL(import.meta.url).searchParams.get('log');

/** @param {object} owner @param {string} name @param {(args: unknown[]) => boolean} [counts] */
function watch(owner, name, counts = () => true) {
  const given = owner[name];
  owner[name] = function (...args) {
    if (counts(args))
      appendFileSync(log, `${isMainThread ? 'main' : 'thread'} ${name} ${JSON.stringify(args[0])}\n`);
    return given.apply(this, args);
  };
}

// Pipes to a child process (the strategies' compiler) are sockets without a host.
watch(net.Socket.prototype, 'connect', ([first]) => {
  const options = Array.isArray(first) ? first[0] : first;
  return options?.path === undefined;
});
watch(dgram.Socket.prototype, 'send');
watch(dgram.Socket.prototype, 'connect');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse']) {
  watch(dns, name);
  if (name in dns.promises) watch(dns.promises, name);
}
