/**
 * Whether a compiled strategy module can hold nothing from one run to the next, so that its class may be used again: on
 * its top level there is nothing but the compiler's helpers, the import of `hindsight`, the declared parameters and the
 * class, and the class has no other statics. Anything else, and everything that only looks like more, is a no: then the
 * module is evaluated anew for every run. The compiler prints top-level lines without indentation.
 */
export function isStatelessModule(code: string): boolean {
  if (OTHER_STATIC.test(code)) return false;
  return code.split('\n').every((line) => ALLOWED.some((pattern) => pattern.test(line)));
}

const OTHER_STATIC = /^\s+static (?!params = params;$)/m;
const ALLOWED: readonly RegExp[] = [
  /^$/,
  /^\s/,
  /^"use strict";$/,
  /^\/\//,
  /^var __(defProp|getOwnPropDesc|getOwnPropNames|hasOwnProp|export|copyProps|toCommonJS) = /,
  /^var \w+_exports = \{\};$/,
  /^__export\(\w+_exports, \{$/,
  /^module\.exports = __toCommonJS\(\w+_exports\);$/,
  /^var import_hindsight = require\("hindsight"\);$/,
  /^const params = \{(.*\};)?$/,
  /^class \w+ extends import_hindsight\.Strategy \{$/,
  /^(\}|\};|\}\);)$/,
];
