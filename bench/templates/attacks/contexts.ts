/** The places of a page that a value can stand in, each with the value that tells most about it. */

/** Stands for the value in a markup, and is replaced by each engine's own tag. */
export const hole = "§";

/** A place of a page. */
export interface Context {
  readonly name: string;
  /** The markup, with holes. */
  readonly markup: string;
  readonly value: string;
  /** What the visitor does after the page is there. */
  readonly click?: string;
  /** What the attacker gets where it is neither a script nor a request, and an expression that tells so. */
  readonly gain?: { readonly words: string; readonly expression: string };
}

/** Whose address stands in the values; nobody's. */
export const attacker = "evil.example";
const picture = "<img src=x onerror=alert(1)>";

/** Every place. */
export const contexts: readonly Context[] = [
  { name: "element text", markup: `<p>${hole}</p>`, value: picture },
  {
    name: "double-quoted attribute",
    markup: `<input title="${hole}">`,
    value: '" autofocus onfocus="alert(1)',
  },
  { name: "unquoted attribute", markup: `<input title=${hole}>`, value: "x autofocus onfocus=alert(1)" },
  { name: "href", markup: `<a href="${hole}">Home</a>`, value: "javascript:alert(1)", click: "a" },
  {
    name: "href, query",
    markup: `<a href="/search?q=${hole}">Search</a>`,
    value: "x&admin=true",
    gain: {
      words: "adds a parameter",
      expression: "new URL(document.querySelector('a').href).searchParams.has('admin')",
    },
  },
  { name: "src", markup: `<iframe src="${hole}"></iframe>`, value: "javascript:parent.alert(1)" },
  {
    name: "srcset",
    markup: `<img alt="" srcset="/pictures/${hole}">`,
    value: `x .1x, //${attacker}/x 1x`,
  },
  {
    name: "onclick",
    markup: `<button onclick="String('${hole}')">Hello</button>`,
    value: "'+alert(1)+'",
    click: "button",
  },
  { name: "script, value", markup: `<script>const name = ${hole};</script>`, value: "alert(1)" },
  {
    name: "script, string",
    markup: `<script>const first = "${hole}", last = "${hole}";</script>`,
    value: ";alert(1)//\\",
  },
  {
    name: "script, template literal",
    markup: `<script>const text = \`Hello ${hole}\`;</script>`,
    value: `\${alert(1)}`,
  },
  {
    name: "script, JSON",
    markup: `<script type="application/json">{ "name": "${hole}" }</script>
<script>JSON.parse(document.querySelector("script").textContent);</script>`,
    value: '\\", "admin": true, "more": "',
  },
  {
    name: "style, value",
    markup: `<style>p { color: ${hole}; }</style><p>Text</p>`,
    value: `red; background: url(//${attacker}/x)`,
  },
  {
    name: "style attribute",
    markup: `<p style="color: ${hole}">Text</p>`,
    value: `red; background: url(//${attacker}/x)`,
  },
  {
    name: "style, url()",
    markup: `<p style="background: url(${hole})">Text</p>`,
    value: `x); background: url(//${attacker}/x`,
  },
  { name: "comment", markup: `<!-- ${hole} --><p>Text</p>`, value: `-->${picture}` },
  { name: "title", markup: `<title>${hole}</title>`, value: `</title>${picture}` },
  { name: "textarea", markup: `<textarea>${hole}</textarea>`, value: `</textarea>${picture}` },
  { name: "srcdoc", markup: `<iframe srcdoc="${hole}"></iframe>`, value: picture },
  { name: "tag name", markup: `<${hole}>Text</${hole}>`, value: "img src=x onerror=alert(1)" },
  { name: "attribute name", markup: `<img src="x" ${hole}="1">`, value: "onerror=alert(1) alt" },
  {
    name: "doctype",
    markup: `<!doctype ${hole}><p>Text</p>`,
    value: "html><script>alert(1)</script>",
  },
];
