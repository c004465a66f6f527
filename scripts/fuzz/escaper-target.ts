/** Pages with the values of attackers: the same tags, attributes and rules as with a harmless one, and no script runs. */
import { setFlagsFromString } from "node:v8";
import { createContext, runInContext } from "node:vm";
import { LimpidError } from "limpid/errors";
import { Template } from "limpid/template";
import { type Structure, structureOf } from "./markup-structure.ts";
import type { Target, Trouble } from "./target.ts";

const attacks: readonly string[] = [
  '"><img src=x onerror=pwn(1)>',
  "'-pwn(1)-'",
  '"-pwn(1)-"',
  '\\"-pwn(1)//',
  "\\'-pwn(1)//",
  "</script><script>pwn(1)</script>",
  "</style></textarea></title></noscript><b onclick=pwn(1)>",
  "<!--<script>",
  "--><b>",
  "--!><b>",
  "javascript:pwn(1)",
  " java\tscript:pwn(1)",
  "&#106;avascript&colon;pwn(1)",
  "data:text/html,<script>pwn(1)</script>",
  "\u2028pwn(1)//",
  "\npwn(1)//",
  "`;pwn(1);`",
  "$" + "{pwn(1)}",
  "*/pwn(1)/*",
  "/;pwn(1);/",
  "pwn(1)",
  "x onmouseover=pwn(1) y=",
  "' autofocus onfocus='pwn(1)",
  "&quot; onload=&quot;pwn(1)",
  "red;}body{background:url(javascript:pwn(1))",
  "url(javascript:pwn(1))",
  "\\22;}*{color:red",
  "expression(pwn(1))",
  ");pwn(1);(",
  "]]>",
  "{{ pwn(1) }}",
  "",
];

const harmless = "abc";
const longest = 2_000;

export class EscaperTarget implements Target {
  readonly batch = 50;
  readonly figures = { pages: 0, refused: 0, values: 0 };

  constructor() {
    Error.stackTraceLimit = 0;
    // V8 keeps the code of scripts that nobody has any more, which would look like a leak.
    setFlagsFromString("--no-compilation-cache");
  }

  async tryAll(inputs: readonly Buffer[]): Promise<Trouble[]> {
    return inputs.flatMap((octets) => this.#try(octets) ?? []);
  }

  async memory(): Promise<{ rss: number; heap: number }> {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heap: heapUsed };
  }

  async close(): Promise<void> {}

  #try(octets: Buffer): Trouble | undefined {
    const begun = performance.now();
    const source = octets.toString();
    try {
      const template = new Template(source, { strict: false });
      const wanted = structureOf(String(template.render({ v: harmless })));
      this.figures.pages++;
      for (const attack of attacks) {
        // Where an empty value decides a condition, other tags are right; and `url(')` is another thing than `url(abc')`.
        if (attack === "" && /%\s*if|url\(/.test(source)) continue;
        this.figures.values++;
        const page = String(template.render({ v: attack }));
        const found = difference(wanted, structureOf(page));
        if (found !== undefined) {
          return {
            kind: "not-inert",
            found: `${JSON.stringify(attack)}: ${found} in ${page.slice(0, 400)}`,
            octets,
          };
        }
      }
    } catch (error) {
      if (!(error instanceof LimpidError)) return { kind: "crash", found: String(error), octets };
      this.figures.refused++;
    }
    const milliseconds = performance.now() - begun;
    return milliseconds > longest
      ? { kind: "hang", found: `${Math.round(milliseconds)} ms`, octets }
      : undefined;
  }
}

/** What an attacker's value has changed; undefined where it is inert. */
function difference(wanted: Structure, found: Structure): string | undefined {
  if (wanted.shape.join("\n") !== found.shape.join("\n")) return `other tags: ${found.shape.join(" | ")}`;
  for (const [index, { name, value }] of found.attributes.entries()) {
    const before = wanted.attributes[index]?.value ?? "";
    if (name.startsWith("on") && runs(value, before)) return `${name} runs the value`;
    if (name === "style" && rules(value) !== rules(before)) return "other rules in an attribute";
    if (name === "srcdoc") {
      const inner = difference(structureOf(before), structureOf(value));
      if (inner !== undefined) return `in srcdoc: ${inner}`;
    }
    if (isAddress(name) && isScript(value) && !isScript(before)) return `${name} is a script`;
  }
  for (const [index, script] of found.scripts.entries())
    if (runs(script, wanted.scripts[index] ?? "")) return "a script runs the value";
  for (const [index, style] of found.styles.entries())
    if (rules(style) !== rules(wanted.styles[index] ?? "")) return "other rules in a style";
  return undefined;
}

let called = false;
const context = createContext({
  pwn: () => {
    called = true;
  },
  f: () => undefined,
});

/** Whether code calls what only the attacker calls, or does not parse any more. */
function runs(code: string, before: string): boolean {
  if (code === before) return false;
  called = false;
  try {
    runInContext(`(() => {${code}\n})()`, context, { timeout: 100 });
  } catch (error) {
    if ((error as Error).name === "SyntaxError" && parses(before)) return true;
  }
  return called;
}

function parses(code: string): boolean {
  try {
    new Function(code);
    return true;
  } catch {
    return false;
  }
}

/** What has no signs of its own in a style: addresses without quotes, comments, texts (a line end closes them), escapes. */
const inside =
  /url\(\s*(?!["'\s])(?:[^)\\]|\\.)*(?:\)|$)|\/\*.*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*(?:["\n]|$)|'(?:[^'\\\n]|\\.)*(?:['\n]|$)|\\[0-9a-f]{1,6}\s?|\\./gis;

/** The signs that make up style rules. */
function rules(css: string): string {
  return css.replace(inside, "").replace(/[^{}();:@"'<]/g, "");
}

function isAddress(name: string): boolean {
  return /^(?:href|src|action|formaction|xlink:href|data|srcset)$/.test(name);
}

function isScript(address: string): boolean {
  return /^(?:javascript|data|vbscript):/i.test(withoutBlanks(address));
}

/** Browsers drop tabs and line ends in an address, and control characters and blanks before it. */
function withoutBlanks(address: string): string {
  return [...address].filter((character) => character > " ").join("");
}
