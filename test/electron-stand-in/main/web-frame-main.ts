import type Electron from 'electron';
import { type Fits, refusingEmitter } from '../refusal.ts';

/** The top frame of a window: our pages have no others. */
export class WebFrameMain extends refusingEmitter('WebFrameMain', { emitted: ['dom-ready'] }) {
  readonly #url: () => string;
  readonly #evaluate: (code: string, userGesture: boolean) => Promise<unknown>;
  readonly parent = null;
  readonly frames: Electron.WebFrameMain[] = [];
  readonly name = '';

  constructor(url: () => string, evaluate: (code: string, userGesture: boolean) => Promise<unknown>) {
    super();
    this.#url = url;
    this.#evaluate = evaluate;
  }

  get url(): string {
    return this.#url();
  }

  get top(): Electron.WebFrameMain {
    return this as unknown as Electron.WebFrameMain;
  }

  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.#evaluate(code, userGesture);
  }
}
export type _WebFrameMain = Fits<
  Pick<WebFrameMain, 'parent' | 'frames' | 'name' | 'url' | 'top' | 'executeJavaScript'>,
  Electron.WebFrameMain
>;
