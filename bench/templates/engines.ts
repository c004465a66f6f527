/** The engines that are compared, each loaded by the process that runs it. */
import type { Engine } from "./engine.ts";

/** Loads an engine and compiles its templates; the first is the one that the goals refer to. */
export const engines: Readonly<Record<string, () => Promise<Engine>>> = {
  "hand-written": async () => (await import("./engines/hand-written.ts")).createEngine(),
  limpid: async () => (await import("./engines/limpid.ts")).createEngine("context"),
  "limpid-html": async () => (await import("./engines/limpid.ts")).createEngine("html"),
  eta: async () => (await import("./engines/eta.ts")).createEngine(),
  ejs: async () => (await import("./engines/ejs.ts")).createEngine(),
  pug: async () => (await import("./engines/pug.ts")).createEngine(),
  edge: async () => (await import("./engines/edge.ts")).createEngine(),
  handlebars: async () => (await import("./engines/handlebars.ts")).createEngine(),
  nunjucks: async () => (await import("./engines/nunjucks.ts")).createEngine(),
  liquidjs: async () => (await import("./engines/liquidjs.ts")).createEngine(),
};
