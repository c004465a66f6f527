/** Builds the URL of a route from parameters, such that the router reads the same parameters back. */
import { LimpidError } from "../errors/index.ts";
import { canonicalPath } from "../http/index.ts";
import type { ParsedRoute } from "./method-routes.ts";
import { type ParameterPart, parameterNames, type Segment, type WildcardPart } from "./pattern.ts";
import type { ParamValue, QueryValues } from "./route.ts";
import { SegmentMatcher } from "./segment-matcher.ts";

type Values = Readonly<Record<string, ParamValue | undefined>>;

/** The encoded path of a route, and the query behind it where there is one. */
export function reverseUrl(route: ParsedRoute<unknown>, params: Values, query: QueryValues): string {
  const { pattern } = route.info;
  const names = parameterNames(route.segments);
  const surplus = Object.keys(params).find((name) => !names.includes(name));
  if (surplus !== undefined) throw unknownParam(pattern, surplus, names);
  let path = "";
  let omitted: string | undefined;
  for (const segment of route.segments) {
    const optional = segment.optional ? parameterNames([segment])[0] : undefined;
    if (optional === undefined) omitted = undefined;
    else if (params[optional] === undefined) omitted ??= optional;
    else if (omitted !== undefined) throw missingParam(pattern, omitted);
    if (omitted === undefined) path += `/${segmentText(segment, pattern, params)}`;
  }
  return (path === "" ? "/" : path) + queryText(query);
}

function segmentText(segment: Segment, pattern: string, params: Values): string {
  const [first] = segment.parts;
  if (first?.kind === "wildcard" && first.rest) return restText(first, pattern, params);
  let plain = "";
  let encoded = "";
  for (const part of segment.parts) {
    const text = part.kind === "literal" ? part.text : valueText(part, pattern, params);
    plain += text;
    encoded += part.kind === "literal" ? encodeLiteral(text) : encodeURIComponent(text);
  }
  if (canonicalPath(`/${encoded}`) !== `/${plain}`) {
    throw invalidParam(pattern, parameterNames([segment])[0] ?? "", `the segment "${plain}"`);
  }
  requireSameValues(segment, plain, pattern, params);
  return encoded;
}

/** A value could break its constraint, or contain the literal that ends it. Reading the segment back shows both. */
function requireSameValues(segment: Segment, plain: string, pattern: string, params: Values): void {
  const [first] = segment.parts;
  const start = first?.kind === "literal" ? first.text.length : 0;
  const parts = first?.kind === "literal" ? segment.parts.slice(1) : segment.parts;
  const values = parts.filter((part) => part.kind === "parameter");
  const offsets = values.length === 0 ? null : new SegmentMatcher(parts).read(1, plain, start, plain.length);
  for (const [index, { name, constraint }] of values.entries()) {
    const value = String(params[name]);
    const same = offsets !== null && plain.slice(offsets[index * 2], offsets[index * 2 + 1]) === value;
    const allowed = constraint === undefined || constraint.accepts(value, 0, value.length);
    if (!allowed)
      throw invalidParam(pattern, name, `"${value}"`, `a value for the constraint (${constraint?.source})`);
    if (!same) throw invalidParam(pattern, name, `"${value}", which would be read differently`);
  }
}

/** What a wildcard at the end stands for: nothing or more, with slashes. */
function restText({ name }: WildcardPart, pattern: string, params: Values): string {
  const value = textOf(name, pattern, params);
  const encoded = encode(value, name, pattern).replaceAll("%2F", "/");
  if (canonicalPath(`/${encoded}`) !== `/${value}`) {
    const expected = "text without empty segments, dot segments, backslashes and control characters";
    throw invalidParam(pattern, name, `"${value}"`, expected);
  }
  return encoded;
}

function valueText({ name }: ParameterPart | WildcardPart, pattern: string, params: Values): string {
  const value = textOf(name, pattern, params);
  if (value === "" || canonicalPath(`/-${encode(value, name, pattern)}`) !== `/-${value}`) {
    throw invalidParam(pattern, name, JSON.stringify(value));
  }
  return value;
}

function textOf(name: string, pattern: string, params: Values): string {
  const value: unknown = params[name];
  if (value === undefined) throw missingParam(pattern, name);
  if (typeof value === "string" || typeof value === "number" || typeof value === "bigint")
    return String(value);
  throw invalidParam(
    pattern,
    name,
    value === null ? "null" : `a value of type ${typeof value}`,
    "a string or a number",
  );
}

function encode(value: string, name: string, pattern: string): string {
  if (value.isWellFormed()) return encodeURIComponent(value);
  throw invalidParam(pattern, name, "half of a surrogate pair");
}

/** A path may have these of the characters that `encodeURIComponent` encodes as they are (RFC 3986 §3.3). */
function encodeLiteral(text: string): string {
  return encodeURIComponent(text).replace(/%(?:40|3A|24|26|2B|2C|3B|3D)/g, decodeURIComponent);
}

function queryText(query: QueryValues): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) pairs.append(name, String(each));
    }
  }
  return pairs.size === 0 ? "" : `?${pairs}`;
}

function missingParam(pattern: string, name: string): LimpidError {
  return new LimpidError("LMP_ROUTER_URL_PARAM_MISSING", `The URL of "${pattern}" needs "${name}".`, {
    expected: `a value for "${name}"`,
    found: "none",
    fix: `Pass { ${JSON.stringify(name)}: … }.`,
  });
}

function unknownParam(pattern: string, name: string, names: readonly string[]): LimpidError {
  return new LimpidError(
    "LMP_ROUTER_URL_PARAM_UNKNOWN",
    `The URL of "${pattern}" has no place for "${name}".`,
    {
      expected: names.length === 0 ? "no parameters" : names.map((known) => `"${known}"`).join(", "),
      found: `"${name}"`,
      fix: "Remove it, or pass it as a query in the third argument.",
    },
  );
}

function invalidParam(pattern: string, name: string, found: string, expected?: string): LimpidError {
  return new LimpidError(
    "LMP_ROUTER_URL_PARAM_INVALID",
    `"${name}" cannot have this value in "${pattern}".`,
    {
      expected:
        expected ??
        "text that is one segment: not empty, no slash, backslash or control character, no . or ..",
      found,
      fix: "Pass a value that the route would match.",
    },
  );
}
