/** Random pages with attackers' texts, read by a browser: no text changes what the page is made of, and nothing runs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { TemplateError } from "limpid/template";
import { launch, skip } from "../../examples/browser.ts";
import { rendered } from "./rendered.ts";

/** Around a value. */
const around = [
  ["<p>", "</p>"],
  ['<a href="', '">'],
  ["<a href=", ">"],
  ["<p title='", "'>"],
  ["<p title=", " id=a>"],
  ['<a href="/', '/b">'],
  ['<a href="/b?c=', '&d=">'],
  ['<img srcset="', '">'],
  ["<b onclick='f(\"", "\")'>"],
  ['<b onclick="f(', ')">'],
  ["<script>var a=", ";</script>"],
  ['<script>f("', '")</script>'],
  ["<script>f(`", "`)</script>"],
  ["<script>a = b /", " / c</script>"],
  ["<script>`\x24{", "}`</script>"],
  ["<script><!--\n", "\n--></script>"],
  ['<script type="application/json">{"a":', "}</script>"],
  ["<style>a{color:", ";b:c}</style>"],
  ['<style>a{content:"', '"}</style>'],
  ["<style>a{b:url(", ")}</style>"],
  ['<p style="a:', ';b:c">'],
  ["<!--", "-->"],
  ["<title>", "</title>"],
  ["<textarea>", "</textarea>"],
  ["<noscript>", "</noscript>"],
  ["<iframe srcdoc='<p>", "'></iframe>"],
  ["<svg><title>", "</title></svg>"],
  ["<math><mi>", "</mi></math>"],
  ["<svg><foreignObject>", "</foreignObject></svg>"],
  ['<meta content="', '">'],
] as const;
/** Anything that may stand in and between. */
const pieces =
  `" ' > < / = ; { } ( ) \` \\ - -- ! <!-- --> /* */ // <p> </p> <script> </script> <style> </style> <svg> </svg> <math> <td> <br/>
  <title> </title> <select> <option> </select> <![CDATA[ ]]> title= href=" " class=' onclick=" style="a: & &# &amp; # ? : javascript: a 1 return
  {{x}} {{x}} {{x}} {{x}}`
    .split(/\s+/)
    .concat(" ", "\n", "{% if x %}", "{% endif %}", "{% else %}", "{% for a in x %}", "{% endfor %}");
const attacks = [
  '"><img src=x onerror=pwn()>',
  "'><script>pwn()</script>",
  "</script><script>pwn()</script>",
  "javascript:pwn()",
  "JaVa\tscript:pwn()",
  "--><script>pwn()</script>",
  "--!><b>",
  "</style><script>pwn()</script>",
  "</title><b>",
  "</textarea><b>",
  " onclick=pwn() ",
  "';pwn();'",
  '";pwn();"',
  "`;pwn();`",
  "\x24{pwn()}",
  "\\",
  "\\';pwn()//",
  "*/pwn()/*",
  "\n",
  "\npwn()\n",
  "\u2028pwn()",
  "</",
  "<",
  "<!--<script>",
  "/",
  "//",
  "->",
  ">",
  "-",
  "=",
  "a=b",
  "&lt;",
  "&",
  "#",
  ";}b{c:d}",
  "url(javascript:pwn())",
  ")",
  "a b",
  "a, javascript:pwn() 2x",
  "",
  "/script>",
  "!--",
  "\0",
  "pwn()",
  "'",
  '"',
];

const part = fc.constantFrom(...pieces);
const skeleton = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom(...around),
          fc.array(fc.oneof(fc.constant("{{x}}"), part), { minLength: 1, maxLength: 4 }),
        )
        .map(([[open, close], inside]) => `${open}${inside.join("")}${close}`),
      fc.array(part, { maxLength: 4 }).map((some) => some.join("")),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(""))
  .filter((text) => text.includes("{{x}}"));

interface Document {
  readonly template: string;
  readonly attack: string;
  readonly harmless: string;
  readonly attacked: string;
}

/** Pages that were not refused, with a word and with attacks. */
function documents(count: number): Document[] {
  const found: Document[] = [];
  for (const [index, template] of fc.sample(skeleton, { numRuns: count, seed: 5 }).entries()) {
    for (let turn = 0; turn < 4; turn++) {
      const attack = attacks[(index * 7 + turn * 13) % attacks.length] ?? "";
      try {
        // Behind text, blanks do not begin the body later than words.
        const page = `<body>a${template}`;
        const harmless = rendered(page, "x1");
        found.push({ template, attack, harmless, attacked: rendered(page, attack) });
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        break;
      }
    }
  }
  return found;
}

/** What a browser sees in a page. Runs in the browser. */
const look = `(markup) => {
  const shapeOf = (node) => [...node.childNodes].map((child) =>
    child.nodeType === 8 ? "!" : child.nodeType !== 1 ? "" :
    "<" + child.namespaceURI.slice(-4) + child.localName + " " + [...child.attributes].map(({ name }) => name) + ">" + shapeOf(child)).join("");
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  const page = parse(markup);
  const all = [...page.querySelectorAll("*")];
  const values = (names) => all.flatMap(({ attributes }) => [...attributes].filter(({ name }) => names.test(name)).map(({ value }) => value));
  const isCode = (one) => one.localName === "script" && one.type === "" && one.namespaceURI.endsWith("xhtml");
  return {
    shape: shapeOf(page) + values(/^srcdoc$/).map((text) => shapeOf(parse(text))),
    protocols: values(/^(?:href|src|action)$/).map((url) => { try { return new URL(url, "https://a.example/").protocol } catch { return "" } }),
    rules: all.filter(({ localName }) => localName === "style").map(({ textContent }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(textContent);
      return [...sheet.cssRules].map((rule) => rule.constructor.name + rule.selectorText).join();
    }),
    code: [...all.filter(isCode).map(({ textContent }) => textContent), ...values(/^on/)],
  };
}`;

interface Seen {
  readonly shape: string;
  readonly protocols: readonly string[];
  readonly rules: readonly string[];
  readonly code: readonly string[];
}

/** Whether code is code at all, and whether it calls what attacks call. Every name is defined there. */
function run(code: string): { readonly isCode: boolean; readonly isCalled: boolean } {
  const program = `
    let isCalled = false;
    const any = new Proxy(function () {}, { get: (_, key) => key === Symbol.toPrimitive ? () => "" : any, apply: () => any });
    const pwn = () => { isCalled = true };
    const scope = new Proxy({}, { has: () => true, get: (_, key) => key === Symbol.unscopables ? undefined : key === "pwn" ? pwn : any });
    let made;
    try { made = Function("scope", "with (scope) {" + code + "\\n}") } catch {}
    try { made?.(scope) } catch {}
    ({ isCode: made !== undefined, isCalled })`;
  return runInNewContext(program, { code }, { timeout: 1000 });
}

test("no text changes what a page is made of", { skip, timeout: 60_000 }, async (context) => {
  const all = documents(2500);
  assert.ok(all.length > 1500, `${all.length} pages were not refused`);
  const browser = await launch(context);
  const page = await browser.newPage();
  const script = `(pairs) => pairs.map((pair) => pair.map(${look}))`;
  const pairs = all.map(({ harmless, attacked }) => [harmless, attacked]);
  const seen: [Seen, Seen][] = await page.evaluate(`(${script})(${JSON.stringify(pairs)})`);
  for (const [index, [before, after]] of seen.entries()) {
    const found = JSON.stringify(all[index]);
    assert.equal(after.shape, before.shape, found);
    assert.deepEqual(after.rules, before.rules, found);
    for (const [at, protocol] of after.protocols.entries()) {
      assert.ok(protocol === before.protocols[at] || !/script|data/.test(protocol), found);
    }
    for (const [at, code] of after.code.entries()) {
      const { isCode, isCalled } = run(code);
      assert.equal(isCalled, false, found);
      assert.ok(isCode || !run(before.code[at] ?? "").isCode, found);
    }
  }
});
