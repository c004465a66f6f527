/** What the attributes of a tag said, as a text that is a part of the context: `nonce=own type=json`. */

/** A fact is what its first attribute said; `?` where a value or a condition decides it. */
export function factOf(facts: string, name: string): string | undefined {
  for (const fact of facts.split(" ")) {
    if (fact.startsWith(`${name}=`)) return fact.slice(name.length + 1);
  }
  return undefined;
}

/** `code`, or not said at all, which is the same unless it is said later. */
const CODE_IF_SAID = "code?";

/** Browsers heed only the first of two attributes of the same name. */
export function withFact(facts: string, name: string, value: string): string {
  const before = factOf(facts, name);
  if (before === CODE_IF_SAID && value !== "code") return replaced(facts, name, "?");
  return before === undefined ? replaced(facts, name, value) : facts;
}

function replaced(facts: string, name: string, value: string): string {
  const others = facts.split(" ").filter((fact) => fact !== "" && !fact.startsWith(`${name}=`));
  return [...others, `${name}=${value}`].sort().join(" ");
}

/** What is known behind two branches. */
export function joinFacts(one: string, other: string): string {
  if (one === other) return one;
  const names = `${one} ${other}`.split(" ").filter((fact) => fact !== "");
  const joined = new Set(names.map((fact) => fact.slice(0, fact.indexOf("="))));
  return [...joined].reduce((facts, name) => replaced(facts, name, joinFact(name, one, other)), "");
}

function joinFact(name: string, one: string, other: string): string {
  const said = [factOf(one, name), factOf(other, name)];
  if (said[0] === said[1]) return said[0] ?? "?";
  const isCode = said.every((fact) => fact === undefined || fact === "code" || fact === CODE_IF_SAID);
  return name === "type" && isCode ? CODE_IF_SAID : "?";
}

const scriptTypes = new Set(
  `module text/javascript application/javascript text/ecmascript application/ecmascript application/x-javascript
  application/x-ecmascript text/x-javascript text/x-ecmascript text/jscript text/livescript text/javascript1.0
  text/javascript1.1 text/javascript1.2 text/javascript1.3 text/javascript1.4 text/javascript1.5`.split(
    /\s+/,
  ),
);

/** The fact that an attribute's literal value is; undefined for a value that is known only when rendering. */
export function factFrom(element: string, name: string, value: string | undefined): string {
  if (name === "nonce") return "own";
  if (value === undefined) return "?";
  const text = value.trim().toLowerCase();
  if (element === "meta") return text === "refresh" ? "refresh" : "other";
  if (name === "language") return text === "" || scriptTypes.has(`text/${text}`) ? "code" : "other";
  if (value === "" || scriptTypes.has(text)) return "code";
  if (text === "importmap" || text === "speculationrules") return "json";
  return /^[^;]*[/+]json(?:;|$)/.test(text) ? "json" : "other";
}

/** What the content of a script is: its type, or without one its language (HTML §4.12.1.1). */
export function scriptContent(facts: string): string {
  const type = factOf(facts, "type");
  const language = factOf(facts, "language") ?? "code";
  if (type === CODE_IF_SAID) return language === "code" ? "code" : "?";
  return type ?? language;
}
