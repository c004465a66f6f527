/** The engines as they come, with their escaping on. */
import { Edge } from "edge.js";
import ejs from "ejs";
import { Eta } from "eta";
import Handlebars from "handlebars";
import { Template } from "limpid/template";
import { Liquid } from "liquidjs";
import nunjucks from "nunjucks";

/** An engine: its tag for a value, and from a template and that value to markup. */
export interface AttackedEngine {
  readonly name: string;
  readonly tag: string;
  render(source: string, data: { value: string }): string;
}

const eta = new Eta();
const environment = new nunjucks.Environment(null, { autoescape: true });
const edge = Edge.create();
const liquid = new Liquid({ outputEscape: "escape" });

/** Everybody, Limpid first. */
export const attackedEngines: readonly AttackedEngine[] = [
  {
    name: "Limpid",
    tag: "{{ value }}",
    render: (source, data) => String(new Template(source).render(data)),
  },
  { name: "Eta", tag: "<%= it.value %>", render: (source, data) => eta.renderString(source, data) },
  { name: "EJS", tag: "<%= value %>", render: (source, data) => ejs.render(source, data) },
  {
    name: "Nunjucks",
    tag: "{{ value }}",
    render: (source, data) => environment.renderString(source, data),
  },
  { name: "Handlebars", tag: "{{value}}", render: (source, data) => Handlebars.compile(source)(data) },
  { name: "Edge", tag: "{{ value }}", render: (source, data) => edge.renderRawSync(source, data) },
  {
    name: "LiquidJS",
    tag: "{{ value }}",
    render: (source, data) => liquid.parseAndRenderSync(source, data) as string,
  },
];
