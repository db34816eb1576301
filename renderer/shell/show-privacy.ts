import { openPane } from '../state/layout.ts';

/** The settings, at what leaves this machine. */
export function showPrivacy(): void {
  openPane('settings', { section: 'Privacy' });
}
