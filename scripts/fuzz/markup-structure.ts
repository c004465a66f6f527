/** Reads HTML as a browser's tokenizer does and says what it is made of, without the values in it. */

/** An attribute of a start tag, its character references resolved. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** What a page is made of. */
export interface Structure {
  /** Tags with the names of their attributes, and comments, in order. */
  readonly shape: readonly string[];
  readonly attributes: readonly Attribute[];
  /** The contents of scripts that run, and of styles. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

const rawElements = /^(?:script|style|textarea|title|noscript|iframe|xmp|noembed|noframes)$/;
const attribute =
  /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >"'][^\t\n\f\r >]*)?))?/y;

export function structureOf(html: string): Structure {
  const shape: string[] = [];
  const attributes: Attribute[] = [];
  const scripts: string[] = [];
  const styles: string[] = [];
  let at = 0;
  while ((at = html.indexOf("<", at)) !== -1) {
    if (html.startsWith("<!--", at)) {
      shape.push("comment");
      at = behindComment(html, at);
      continue;
    }
    const name = /^<\/?[a-z][^\t\n\f\r />]*/i.exec(html.slice(at, at + 100))?.[0].toLowerCase();
    if (name === undefined) {
      // `<!x`, `<?x` and `</1` begin a comment up to the next `>`; any other `<` is text.
      if (/^<(?:[!?]|\/[^>])/.test(html.slice(at, at + 3))) {
        shape.push("bogus comment");
        at = html.indexOf(">", at);
        if (at === -1) break;
      }
      at++;
      continue;
    }
    const tag = readTag(html, at + name.length);
    shape.push([name, ...tag.attributes.map((one) => one.name)].join(" "));
    at = tag.end;
    // Browsers ignore what stands in an end tag behind its name.
    if (name.startsWith("</")) continue;
    attributes.push(...tag.attributes);
    const element = name.slice(1);
    if (!rawElements.test(element)) continue;
    const end = endOfRaw(html, at, element);
    const content = html.slice(at, end);
    if (element === "script" && isRun(tag.attributes)) scripts.push(content);
    if (element === "style") styles.push(content);
    at = end;
  }
  return { shape, attributes, scripts, styles };
}

function readTag(html: string, from: number): { attributes: Attribute[]; end: number } {
  const attributes: Attribute[] = [];
  let at = from;
  for (;;) {
    const rest = /[\t\n\f\r /]*>|[\t\n\f\r /]*$/y;
    rest.lastIndex = at;
    const end = rest.exec(html);
    if (end !== null) return { attributes, end: rest.lastIndex };
    attribute.lastIndex = at;
    const match = attribute.exec(html);
    // A quotation mark that is never closed takes the rest of the page with it.
    if (match === null) return { attributes, end: html.length };
    const [, name = "", double, single, bare] = match;
    attributes.push({ name: name.toLowerCase(), value: resolved(double ?? single ?? bare ?? "") });
    at = attribute.lastIndex;
    if (/["']/.test(html[at] ?? "") && /=[\t\n\f\r ]*$/.test(html.slice(from, at))) {
      return { attributes, end: html.length };
    }
  }
}

function behindComment(html: string, at: number): number {
  const short = /^<!---?>/.exec(html.slice(at, at + 7));
  if (short !== null) return at + short[0].length;
  const ends = /--!?>/g;
  ends.lastIndex = at + 4;
  return ends.exec(html) === null ? html.length : ends.lastIndex;
}

/** Where raw text ends. In a script, `<!--` and then `<script` hide the next end tag. */
function endOfRaw(html: string, from: number, element: string): number {
  const marks =
    element === "script"
      ? /<!--|-->|<\/?script(?=[\t\n\f\r />])/gi
      : new RegExp(`</${element}(?=[\\t\\n\\f\\r />])`, "gi");
  marks.lastIndex = from;
  let escaped = false;
  let double = false;
  for (let match = marks.exec(html); match !== null; match = marks.exec(html)) {
    const mark = match[0].toLowerCase();
    if (mark === "<!--") escaped = true;
    else if (mark === "-->") escaped = double = false;
    else if (mark === "<script") double = escaped;
    else if (double) double = false;
    else return match.index;
  }
  return html.length;
}

function isRun(attributes: readonly Attribute[]): boolean {
  const type = attributes.find(({ name }) => name === "type")?.value ?? "";
  return /^(?:|module|text\/javascript)$/i.test(type.trim());
}

const named: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  colon: ":",
  tab: "\t",
  newline: "\n",
};

function resolved(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));?/gi,
    (whole, hex?: string, decimal?: string, name = "") => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      return named[String(name).toLowerCase()] ?? whole;
    },
  );
}
