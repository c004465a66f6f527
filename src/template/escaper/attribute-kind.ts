/** What an attribute's value is: text, a URL, a script, a style, or something that decides how the element is read. */
import { animations } from "./elements.ts";

export type AttributeKind =
  | "plain"
  | "link"
  | "resource"
  | "picture"
  | "srcset"
  | "script"
  | "style"
  | "srcdoc"
  /** What an animation of SVG gives to an attribute that nobody knows yet, so to `href` perhaps. */
  | "animated"
  /** Decides what the element is: kept as a fact of the tag. */
  | "fact"
  /** `content` of `<meta>`, a URL behind `http-equiv="refresh"`. */
  | "content"
  /** Another one for each branch. */
  | "unknown";

const urls = new Set(
  `action archive background cite classid codebase data dynsrc formaction href icon longdesc lowsrc manifest ping
  poster profile src usemap xmlns base`.split(/\s+/),
);

/**
 * Elements that run or embed what their URL leads to. A value may lead to another site there, as it must for a
 * stylesheet on another host, but not to anything that is no address on the web: `data:` would be a page or a script of
 * the value's own.
 */
const loading = new Set(["script", "link", "base", "object", "embed", "iframe", "frame"]);
const pictures = new Set(["img src", "source src", "video poster", "image href"]);

/** Attributes that become facts, by element. */
const facts: ReadonlyMap<string, readonly string[]> = new Map([
  ["script", ["type", "language", "nonce"]],
  ["style", ["nonce"]],
  ["meta", ["http-equiv"]],
]);

/** The kind of an attribute; `name` in lower case. */
export function attributeKind(element: string, name: string): AttributeKind {
  if (name === "\0") return "unknown";
  if (facts.get(element)?.includes(name)) return "fact";
  if (element === "meta" && name === "content") return "content";
  if (animations.has(element) && ["to", "from", "by", "values"].includes(name)) return "animated";
  if (isHandler(name)) return "script";
  if (name.startsWith("data-")) return dataKind(name);
  switch (name) {
    case "style":
    case "srcdoc":
      return name;
    case "srcset":
    case "imagesrcset":
      return "srcset";
  }
  const local = name.slice(name.lastIndexOf(":") + 1);
  if (!urls.has(local) && !name.startsWith("xmlns:")) return "plain";
  if (pictures.has(`${element} ${local}`)) return "picture";
  return loading.has(element) ? "resource" : "link";
}

/** Event handlers of HTML, and those of the common libraries that run the value of an attribute as code. */
function isHandler(name: string): boolean {
  return /^(?:on|@|(?:x|v|hx)-on[:-])/.test(name);
}

/** Scripts copy these into the attributes that they are named after. */
function dataKind(name: string): AttributeKind {
  const end = name.slice(name.lastIndexOf("-") + 1);
  if (end === "srcset") return "srcset";
  if (end === "src") return "picture";
  return end === "href" || end === "url" || end === "uri" ? "link" : "plain";
}
