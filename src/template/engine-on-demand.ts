/**
 * Loads the engine when the first template or the first `html` needs it: it is as much code as the whole way of a
 * request, and a program that writes no HTML starts without reading it.
 */
import type * as Engine from "./engine.ts";

let loaded: typeof Engine | undefined;

export function engine(): typeof Engine {
  loaded ??= load();
  return loaded;
}

/** At once, because a template is made and rendered at once; `import()` would need a promise. */
function load(): typeof Engine {
  const { createRequire } = process.getBuiltinModule("node:module");
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return createRequire(import.meta.url)(`./engine.${extension}`) as typeof Engine;
}
