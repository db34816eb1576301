import type Electron from 'electron';
import { type Fits, refusingEmitter } from '../refusal.ts';

/** The system has the dark look until the application chooses another. */
class NativeTheme extends refusingEmitter('NativeTheme', { emitted: ['updated'] }) {
  #source: Electron.NativeTheme['themeSource'] = 'system';
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;

  get shouldUseDarkColors(): boolean {
    return this.#source !== 'light';
  }
  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }
  set themeSource(source: Electron.NativeTheme['themeSource']) {
    this.#source = source;
    this.emit('updated');
  }
}
export type _NativeTheme = Fits<
  Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource' | 'shouldUseHighContrastColors'>,
  Electron.NativeTheme
>;

export const nativeTheme = new NativeTheme() as unknown as Electron.NativeTheme;
