/** What a page's preload world tells the main process; values are encoded by clone.ts. */
export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown }
  | {
      readonly kind: 'post';
      readonly channel: string;
      readonly message: unknown;
      readonly ports: readonly number[];
    }
  | { readonly kind: 'port'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'key'; readonly key: KeyPress }
  | {
      readonly kind: 'window-open';
      readonly url: string;
      readonly frameName: string;
      readonly features: string;
      readonly disposition: Disposition;
    }
  | { readonly kind: 'preload-failed'; readonly error: unknown };

/** What the main process tells a preload world. */
export type ToPage =
  | { readonly kind: 'reply'; readonly id: number; readonly ok: boolean; readonly value: unknown }
  | {
      readonly kind: 'message';
      readonly channel: string;
      readonly args: unknown;
      readonly ports: readonly number[];
    }
  | { readonly kind: 'port'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'port-close'; readonly id: number }
  | { readonly kind: 'watch-input' };

/** What a preload world asks and waits for, with the page standing still. */
export type Question =
  | { readonly kind: 'file-path' }
  | { readonly kind: 'before-input'; readonly key: KeyPress }
  | { readonly kind: 'send-sync'; readonly channel: string; readonly args: unknown };

export type Disposition = Electron.HandlerDetails['disposition'];

export interface KeyPress {
  readonly type: 'keyDown' | 'keyUp';
  readonly key: string;
  readonly code: string;
  readonly isAutoRepeat: boolean;
  readonly isComposing: boolean;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly location: number;
}
