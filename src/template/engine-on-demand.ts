/**
 * Loads the engine when the first template or the first `html` needs it: it is as much code as the whole way of a
 * request, and a program that writes no HTML starts without reading it.
 */
import type * as Engine from "./engine.ts";

// Made now and used later: what happens to prototypes in between is no matter of the engine.
const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);
let loaded: typeof Engine | undefined;

export function engine(): typeof Engine {
  loaded ??= load();
  return loaded;
}

/** At once, because a template is made and rendered at once; `import()` would need a promise. */
function load(): typeof Engine {
  return require(`./engine.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`) as typeof Engine;
}
