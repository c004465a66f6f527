/** Templates of strangers, compiled and in the sandbox: they end in time, with a text or an error of their own. */
import { setFlagsFromString } from "node:v8";
import { LimpidError } from "limpid/errors";
import { Html } from "limpid/message";
import { Environment, MemoryLoader, Sandbox } from "limpid/template";
import type { Target, Trouble } from "./target.ts";

/** Milliseconds that no template takes, on a busy machine either. */
const longest = 2_000;
const mostOutput = 20_000;

export class TemplateTarget implements Target {
  readonly batch = 50;
  readonly figures = { rendered: 0, refused: 0, sandboxed: 0 };
  readonly #prototypes = fingerprint();

  constructor() {
    Error.stackTraceLimit = 0;
    // V8 keeps the code of scripts that nobody has any more, which would look like a leak.
    setFlagsFromString("--no-compilation-cache");
  }

  async tryAll(inputs: readonly Buffer[]): Promise<Trouble[]> {
    const troubles: Trouble[] = [];
    for (const octets of inputs) troubles.push(...(await this.#try(octets)));
    return troubles;
  }

  async memory(): Promise<{ rss: number; heap: number }> {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heap: heapUsed };
  }

  async close(): Promise<void> {}

  async #try(octets: Buffer): Promise<Trouble[]> {
    const text = octets.toString();
    const loader = new MemoryLoader({
      part: "{% macro f(x) %}[{{ x }}]{% endmacro %}{{ a }}",
      layout: "<main>{% block main %}{{ a }}{% endblock %}</main>",
      itself: text,
    });
    const limits = { steps: 20_000, depth: 50, output: mostOutput, time: 500 };
    const strict = octets.length % 2 === 0;
    const ways: Record<string, () => unknown> = {
      sandbox: () => {
        const html = new Sandbox({ loader, limits, strict }).renderString(text, hostile());
        this.figures.sandboxed++;
        if (html.markup.length > mostOutput)
          throw new Error(`the sandbox wrote ${html.markup.length} characters`);
      },
    };
    // Only the sandbox counts steps: what it stopped may run for as long as it likes elsewhere.
    const troubles = await this.#run("sandbox", ways.sandbox as () => unknown, octets);
    if (troubles.length > 0 || this.#stopped) return troubles;
    const environment = new Environment({ loader, strict });
    return [
      ...(await this.#run("compiled", () => environment.fromString(text).render(hostile()), octets)),
      ...(await this.#run("waiting", () => environment.fromString(text).renderAsync(hostile()), octets)),
    ];
  }

  /** Whether the sandbox has stopped the last template before its end. */
  #stopped = false;

  async #run(way: string, render: () => unknown, octets: Buffer): Promise<Trouble[]> {
    const begun = performance.now();
    const found: Trouble[] = [];
    this.#stopped = false;
    try {
      await render();
      this.figures.rendered++;
    } catch (error) {
      this.figures.refused++;
      if (!(error instanceof LimpidError))
        found.push({ kind: "crash", found: `${way}: ${String(error)}`, octets });
      else this.#stopped = /LIMIT|DEPTH|SANDBOX/.test(error.code);
    }
    const milliseconds = performance.now() - begun;
    if (milliseconds > longest)
      found.push({ kind: "hang", found: `${way}: ${Math.round(milliseconds)} ms`, octets });
    if (fingerprint() !== this.#prototypes) {
      found.push({ kind: "crash", found: `${way}: a prototype of JavaScript has changed`, octets });
    }
    return found;
  }
}

/** Values of every kind, new for each rendering, because a template may change lists. */
function hostile(): Record<string, unknown> {
  const object = JSON.parse(
    '{"a":{"b":"<b>"},"__proto__":{"polluted":1},"constructor":"c","toString":"t"}',
  ) as object;
  const circle: unknown[] = ["in a circle"];
  circle.push(circle);
  return {
    a: "\"'><script>alert(1)</script>",
    b: -0,
    list: [1, "two", null, undefined, 3n, Number.NaN, circle.length],
    object,
    circle,
    html: new Html("<i>trusted</i>"),
    tree: [
      { name: "x", below: [{ name: "y", below: [] }] },
      { name: "z", below: [] },
    ],
    users: [{ name: "Ada" }, { name: "Bob" }, { name: null }],
    f: () => object,
    date: new Date(Number.NaN),
    map: new Map<unknown, unknown>([["__proto__", 1]]),
  };
}

/** The names of everything that all objects, lists, texts and functions inherit. */
function fingerprint(): string {
  return [Object, Array, String, Number, Function, Map, Promise]
    .flatMap(({ prototype }) => Reflect.ownKeys(prototype as object))
    .map(String)
    .join();
}
