/** Nunjucks. */
import nunjucks from "nunjucks";
import { price } from "../data.ts";
import type { Data, Engine } from "../engine.ts";
import { section, sources } from "./jinja.ts";

class MemoryLoader extends nunjucks.Loader implements nunjucks.ILoader {
  getSource(name: string) {
    return { src: sources[name as keyof typeof sources], path: name, noCache: false };
  }
}

/** Nunjucks, with its templates compiled. */
export function createEngine(): Engine {
  const options = { autoescape: true, trimBlocks: true };
  const environment = new nunjucks.Environment(new MemoryLoader(), options);
  environment.addFilter("price", price);
  const named = (name: string) => (data: Data) => environment.render(name, data);
  return {
    table: named("table"),
    attributes: named("attributes"),
    page: named("page"),
    section,
    compile(source) {
      const template = new nunjucks.Template(source, environment, "large", true);
      return (data) => template.render(data);
    },
  };
}
