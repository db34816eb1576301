import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultLibraryPath } from '../../../electron/services/library-path.ts';

test('Linux: XDG, or its default', () => {
  expect(defaultLibraryPath('linux', {}, '/home/ada')).toBe(
    join('/home/ada', '.local', 'share', 'hindsight'),
  );
  expect(defaultLibraryPath('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe(
    join('/data', 'hindsight'),
  );
  expect(defaultLibraryPath('linux', { XDG_DATA_HOME: '' }, '/home/ada')).toContain('.local');
});

test('macOS: Application Support', () =>
  expect(defaultLibraryPath('darwin', {}, '/Users/ada')).toBe(
    join('/Users/ada', 'Library', 'Application Support', 'Hindsight'),
  ));

test('Windows: roaming application data', () => {
  expect(defaultLibraryPath('win32', { APPDATA: 'C:\\Roaming' }, 'C:\\Users\\ada')).toBe(
    join('C:\\Roaming', 'Hindsight'),
  );
  expect(defaultLibraryPath('win32', {}, 'C:\\Users\\ada')).toContain('Hindsight');
});
