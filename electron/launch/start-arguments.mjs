import { parseArgs } from 'node:util';

export const START_USAGE = 'npm start -- [--library DIR] [--browser] [--port N] [--no-open]';

/**
 * @typedef {object} StartRequest
 * @property {'desktop' | 'browser'} face what to try first
 * @property {string[]} electronArguments
 * @property {string[]} serveArguments of the `hindsight` command that starts the browser face
 */

/**
 * What `npm start` was asked for. A port and an address to be printed make sense for the browser face only.
 * @param {string[]} argv
 * @returns {StartRequest | { error: string }}
 */
export function parseStartArguments(argv) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        library: { type: 'string' },
        browser: { type: 'boolean' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
      },
    });
    const { library, browser = false, port, 'no-open': noOpen = false } = values;
    const wantsBrowser = browser || noOpen || port !== undefined;
    return {
      face: wantsBrowser ? 'browser' : 'desktop',
      electronArguments: ['--sample', ...(library === undefined ? [] : [`--library=${library}`])],
      serveArguments: [
        'serve',
        '--sample',
        ...(noOpen ? ['--no-open'] : []),
        ...(port === undefined ? [] : ['--port', port]),
        ...(library === undefined ? [] : ['--library', library]),
      ],
    };
  } catch (thrown) {
    return { error: /** @type {Error} */ (thrown).message };
  }
}
