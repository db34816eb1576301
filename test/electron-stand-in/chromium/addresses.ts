// Chromium knows no schemes but its own. A page of `app://hindsight/` is therefore loaded from an https origin that
// exists nowhere, and every address is translated where it passes between the two. The page itself sees the https one.

const ZONE = 'stand-in.invalid';

export interface Scheme {
  readonly scheme: string;
  readonly secure: boolean;
}

export class Addresses {
  readonly #schemes: Scheme[] = [];

  /** A standard scheme; `secure` decides whether its pages are a secure context. */
  add(scheme: Scheme): void {
    this.#schemes.push(scheme);
  }

  /** As Chromium gets it. */
  toChromium(url: string): string {
    for (const { scheme, secure } of this.#schemes) {
      const match = new RegExp(`^(blob:)?${scheme}://([^/?#]*)(.*)$`, 's').exec(url);
      if (match === null) continue;
      const [, blob = '', authority = '', rest = ''] = match;
      const { userinfo, host, port } = split(authority);
      return `${blob}${protocolOf(secure)}//${userinfo}${host}.${scheme}.${ZONE}${port}${rest === '' ? '/' : rest}`;
    }
    return url;
  }

  /** As the application gets it. */
  toElectron(url: string): string {
    for (const { scheme, secure } of this.#schemes) {
      const suffix = `.${scheme}.${ZONE}`;
      const match = new RegExp(`^(blob:)?${protocolOf(secure)}//([^/?#]*)(.*)$`, 's').exec(url);
      if (match === null) continue;
      const [, blob = '', authority = '', rest = ''] = match;
      const { userinfo, host, port } = split(authority);
      if (host.endsWith(suffix))
        return `${blob}${scheme}://${userinfo}${host.slice(0, -suffix.length)}${port}${rest}`;
    }
    return url;
  }
}

const protocolOf = (secure: boolean) => (secure ? 'https:' : 'http:');

function split(authority: string) {
  const [, userinfo = '', host = '', port = ''] = /^(.*@)?(.*?)(:\d*)?$/s.exec(authority)!;
  return { userinfo, host, port };
}
