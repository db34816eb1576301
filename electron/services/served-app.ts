import type { AnyRouter } from '@orpc/server';
import type { FileDoor } from './file-door.ts';

/** The part of the application that a shell puts before its windows. */
export interface ServedApp {
  readonly router: AnyRouter;
  readonly files: FileDoor;
}
