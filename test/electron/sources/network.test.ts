import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBucket } from '../../../electron/aws/s3-bucket.ts';
import { systemClock } from '../../../electron/sources/clock.ts';
import { HttpClient } from '../../../electron/sources/http-client.ts';
import { prepareNetwork, proxyEnvironment } from '../../../electron/sources/network.ts';
import { TokenBucket } from '../../../electron/sources/token-bucket.ts';
import { S3StandIn } from './stand-ins/s3-stand-in.ts';
import { json, StandIn } from './stand-ins/stand-in.ts';

// A proxy that sends everything it is asked for to one server, whatever the host.

const asked: string[] = [];
let proxy: Server;
let vendor: StandIn;
let bucket: S3StandIn;
let target: () => string;
const never = new AbortController().signal;

beforeAll(async () => {
  vendor = await new StandIn(() => json({ ok: true })).start();
  bucket = await new S3StandIn({
    bucket: 'my-bars',
    keyIds: ['AKIAX'],
    deniedKeyIds: [],
    pageSize: 10,
  }).start();
  bucket.put('a.csv', 'x');
  proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { pathname, search } = new URL(request.url!);
    fetch(`${target()}${pathname}${search}`, { headers: request.headers as Record<string, string> }).then(
      async (answer) => response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer())),
      () => response.writeHead(502).end(),
    );
  });
  proxy.on('connect', ({ url }: IncomingMessage, socket) => {
    asked.push(`CONNECT ${url}`);
    const { port } = new URL(target());
    const through = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, address);
  vi.stubEnv('NO_PROXY', 'direct.example');
  for (const [name, value] of Object.entries({
    AWS_ACCESS_KEY_ID: 'AKIAX',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: 'http://s3.vendor.example',
    AWS_CONFIG_FILE: '/none',
    AWS_SHARED_CREDENTIALS_FILE: '/none',
  })) {
    vi.stubEnv(name, value);
  }
  vi.stubEnv('AWS_PROFILE', undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  proxy.closeAllConnections();
  proxy.close();
  await Promise.all([vendor.stop(), bucket.stop()]);
});

const http = () =>
  new HttpClient({
    source: 'Vendor',
    bucket: new TokenBucket({ capacity: 9, perSecond: 9 }, systemClock),
    clock: systemClock,
  });

test('a proxy that is no address is told, and can be corrected', () => {
  const given = process.env.HTTP_PROXY!;
  for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, 'proxy:8080');
  expect(prepareNetwork).toThrow('The environment names a proxy that is no address');
  for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, given);
  prepareNetwork();
});

test('calls go through the proxy of the environment', async () => {
  target = () => vendor.url;
  asked.length = 0;
  expect(await http().json(new URL('http://bars.vendor.example/v2'), { signal: never })).toEqual({
    ok: true,
  });
  expect(asked.join()).toMatch(/bars\.vendor\.example/);
});

test('those to this machine do not', async () => {
  asked.length = 0;
  expect(await http().json(new URL(vendor.url), { signal: never })).toEqual({ ok: true });
  expect(asked).toEqual([]);
});

test('the client of AWS goes through it as well, with the keys of the environment', async () => {
  target = () => bucket.url;
  asked.length = 0;
  const opened = await openBucket({ bucket: 'my-bars', profile: '', region: '', env: proxyEnvironment() });
  const keys: string[] = [];
  for await (const { key } of opened.list('', never)) keys.push(key);
  opened.close();
  expect(keys).toEqual(['a.csv']);
  expect(asked.join()).toMatch(/s3\.vendor\.example/);
});

test('hosts without a proxy are kept, and this machine is one', () => {
  const lists = (env: NodeJS.ProcessEnv) => proxyEnvironment(env).no_proxy;
  expect(lists({})).toBe('localhost,127.0.0.1,::1');
  expect(lists({ NO_PROXY: 'a.b' })).toBe('a.b,localhost,127.0.0.1,::1');
  expect(lists({ no_proxy: 'c.d', NO_PROXY: 'a.b' })).toBe('c.d,localhost,127.0.0.1,::1');
});
