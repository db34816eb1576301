/**
 * Makes a class safe to hand to strategy code: nothing of it can be changed, so that one run cannot touch the next.
 * With `hideConstructor` its instances do not lead to the constructor either; then only the engine can make them.
 */
export function sealClass(
  // biome-ignore lint/complexity/noBannedTypes: any class, whatever its constructor takes
  sealed: Function,
  { hideConstructor }: { readonly hideConstructor: boolean },
): void {
  if (hideConstructor) delete sealed.prototype.constructor;
  for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(sealed.prototype))) {
    for (const part of [value, get, set]) {
      if (typeof part === 'function' && part !== sealed) Object.freeze(part);
    }
  }
  Object.freeze(sealed.prototype);
  Object.freeze(sealed);
}
