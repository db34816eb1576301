// An application that does a little of everything that Hindsight's desktop folder may do with Electron, so that the
// stand-in can be held against Electron itself: the same tests run on both.
import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, Menu, MessageChannelMain, protocol, session } from 'electron';

const folder = process.argv.find((argument) => argument.startsWith('--folder='))!.slice('--folder='.length);
const log = (line: string) => appendFileSync(`${folder}/log.txt`, `${line}\n`);
const preload = fileURLToPath(new URL('preload.cjs', import.meta.url));

const PAGES: Readonly<Record<string, string>> = {
  '/': '<!doctype html><title>Sample</title><a id="away" href="https://example.com/">away</a> <a id="aside" target="_blank" href="https://example.com/aside">aside</a><input id="text"><input id="file" type="file">',
  '/second': '<!doctype html><title>Second</title>',
  '/worker.js':
    'fetch("/echo", { method: "POST", body: "from a worker" }).then(async (r) => postMessage(await r.text()));',
};

app.setPath('userData', `${folder}/user-data`);
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'sample', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', (event) => {
    log(`will-navigate ${event.url}`);
    if (!event.url.startsWith('sample:')) event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url, disposition }) => {
    log(`open ${url} ${disposition}`);
    return { action: 'deny' };
  });
  contents.on('did-fail-load', (_failed, code, _description, url) => log(`did-fail-load ${code} ${url}`));
  contents.on('before-input-event', (event, input) => {
    if (input.type === 'keyDown' && input.key === 'q' && input.alt) {
      log('before-input-event');
      event.preventDefault();
    }
  });
});
for (const name of ['before-quit', 'will-quit', 'window-all-closed'] as const)
  app.on(name as 'window-all-closed', () => log(name));
app.on('quit', (_event, code) => log(`quit ${code}`));
app.on('second-instance', (_event, argv) => log(`second-instance ${argv.at(-1)}`));

if (app.requestSingleInstanceLock()) void app.whenReady().then(run);
else app.quit();

function run(): void {
  log('ready');
  protocol.handle('sample', async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/broken') throw new Error('broken on purpose');
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    if (pathname === '/echo') {
      const text = `${request.method} ${request.headers.get('x-sample') ?? ''} ${await request.text()}`;
      return new Response(text, { status: 201, headers: { 'x-answer': request.url } });
    }
    const page = PAGES[pathname];
    return new Response(page ?? 'nothing', {
      status: page === undefined ? 404 : 200,
      headers: { 'content-type': type },
    });
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, grant) =>
    grant(permission === 'notifications'),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === 'notifications');
  session.defaultSession.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: url.endsWith('/cancelled') }),
  );

  ipcMain.handle('echo', (_event, ...args: unknown[]) => args);
  ipcMain.handle('fail', () => {
    throw new RangeError('too far');
  });
  ipcMain.on('sync', (event, value: number) => {
    event.returnValue = value * 2;
  });
  ipcMain.on('port', (event) => {
    const [port] = event.ports;
    port!.on('message', ({ data }) => port!.postMessage(data));
    port!.on('close', () => log('port closed'));
    port!.start();
  });
  ipcMain.on('give-port', (event) => {
    const { port1, port2 } = new MessageChannelMain();
    port1.on('message', ({ data }) => port1.postMessage(`main heard ${data}`));
    port1.start();
    event.sender.postMessage('port', 'for you', [port2]);
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Sample',
        submenu: [
          { id: 'hello', label: 'Hello', accelerator: 'CmdOrCtrl+Shift+H', click: () => log('hello') },
        ],
      },
    ]),
  );
  const window = new BrowserWindow({
    width: 700,
    height: 500,
    minWidth: 300,
    show: false,
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => {
    log('ready-to-show');
    window.show();
  });
  window.on('close', () => log('close'));
  window.on('closed', () => log('closed'));
  void window.loadURL('sample://one/');
}
