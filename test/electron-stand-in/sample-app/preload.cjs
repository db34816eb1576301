const { contextBridge, ipcRenderer, webUtils } = require('electron');

globalThis.secretOfThePreload = 42;
let given = null;
ipcRenderer.on('port', ({ ports: [port] }, text) => {
  port.onmessage = ({ data }) => given?.(`${text}: ${data}`);
  port.postMessage('hello');
});
window.addEventListener('message', ({ source, data, ports }) => {
  if (source === window && data === 'port') ipcRenderer.postMessage('port', null, [...ports]);
});

contextBridge.exposeInMainWorld('sample', {
  list: [1, { two: 2 }],
  world: () => ({ node: typeof Buffer, sandboxed: process.sandboxed, secret: secretOfThePreload }),
  add: (a, b) => a + b,
  double: async (columns) => columns.map((value) => value * 2),
  fail: () => {
    throw new RangeError('refused');
  },
  failLater: async () => {
    throw new Error('refused later');
  },
  each: (values, callback) => values.map((value) => callback(value)),
  counter: () => {
    let count = 0;
    return () => ++count;
  },
  path: (file) => webUtils.getPathForFile(file),
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  sync: (value) => ipcRenderer.sendSync('sync', value),
  givePort: (callback) => {
    given = callback;
    ipcRenderer.send('give-port');
  },
});
