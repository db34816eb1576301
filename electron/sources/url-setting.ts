import type { SettingDefinition } from './source.ts';

/** The address of a source, so that a stand-in, a proxy or another country's site can be named. */
export function urlSetting(name: string, label: string, fallback: string, help: string): SettingDefinition {
  return { name, label, help, fallback, problem: urlProblem };
}

/** Without the slash at its end. */
export const baseUrl = (text: string): string => text.replace(/\/+$/, '');

function urlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'is not an address such as https://example.com';
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '') return 'must not hold a name or a password';
  if (search !== '' || hash !== '') return 'must end before any ? or #';
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return null;
  return 'must begin with https://, or lie on this machine';
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
