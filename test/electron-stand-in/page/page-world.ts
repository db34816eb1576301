/** The page's own world, before its first script: a window that it opens is decided elsewhere, and never its own. */
export function pageWorld(secret: string): void {
  Object.defineProperty(window, 'open', {
    configurable: true,
    writable: true,
    value: function open(url: string | URL = '', frameName = '', features = ''): null {
      const address = url === '' ? 'about:blank' : new URL(url, document.baseURI).href;
      const detail = { url: address, frameName: String(frameName), features: String(features) };
      window.dispatchEvent(new CustomEvent(`${secret} open`, { detail }));
      return null;
    },
  });
}
