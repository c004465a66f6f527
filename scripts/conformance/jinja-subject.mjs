/**
 * Limpid as the subject of recorded Jinja renders: `render(source, context, options)` with options in the words of
 * such a recording. Escaping is Jinja's, for element text alone, since that is what was recorded.
 *
 *     node --conditions=source RUNNER CORPUS scripts/conformance/jinja-subject.mjs
 */
import { Html } from "limpid/message";
import { Environment, MemoryLoader } from "limpid/template";

export const markup = (text) => new Html(text);

export async function render(source, context, options) {
  const given = Object.entries(options.syntax).filter(([, value]) => value !== undefined && value !== null);
  const environment = new Environment({
    loader: new MemoryLoader(options.templates),
    autoescape: options.autoescape ? "html" : false,
    strict: options.undefined === "StrictUndefined",
    globals: options.globals,
    syntax: {
      ...Object.fromEntries(given),
      trimBlocks: options.trimBlocks,
      lstripBlocks: options.lstripBlocks,
      keepTrailingNewline: options.keepTrailingNewline,
      ...(options.newline === undefined ? {} : { newline: options.newline }),
    },
  });
  const template = environment.fromString(source, options.name ?? "template");
  return String(process.env.RENDER === "async" ? await template.renderAsync(context ?? {}) : template.render(context ?? {}));
}
