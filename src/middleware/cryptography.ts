/** Node's cryptography for the middleware that needs it: no other module is as dear to load, and most programs start without. */

let loaded: typeof import("node:crypto") | undefined;

/** `node:crypto`, loaded at the first call. */
export function cryptography(): typeof import("node:crypto") {
  return (loaded ??= process.getBuiltinModule("node:crypto"));
}
