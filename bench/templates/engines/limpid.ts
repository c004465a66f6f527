/** Limpid with escaping by context, and as classic engines escape. */
import { Environment, MemoryLoader, Template } from "limpid/template";
import { price } from "../data.ts";
import type { Data, Engine } from "../engine.ts";
import { section, sources } from "./jinja.ts";

/** Limpid, with its templates compiled. */
export function createEngine(autoescape: "context" | "html"): Engine {
  const options = { autoescape, syntax: { trimBlocks: true, keepTrailingNewline: true } };
  const environment = new Environment({
    ...options,
    loader: new MemoryLoader(sources),
    filters: { price: (cents) => price(cents as number) },
    reload: false,
  });
  const named = (name: string) => (data: Data) => String(environment.render(name, data));
  return {
    table: named("table"),
    attributes: named("attributes"),
    page: named("page"),
    section,
    compile(source) {
      const template = new Template(source, options);
      return (data) => String(template.render(data));
    },
  };
}
