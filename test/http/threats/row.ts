/** What a refused class of messages is made of: an id, the statuses that are right, and a generator of variants. */
import type { Random } from "./random.ts";

/** One class of hostile messages. */
export interface ThreatRow {
  /** The vulnerability or the class. */
  readonly id: string;
  /** What is refused. */
  readonly what: string;
  /** One of them answers every variant. */
  readonly statuses: readonly number[];
  /** A message of the class; `index` counts up, for what has to be covered whole. */
  readonly variant: (random: Random, index: number) => string;
}

/** Letters and digits, which are harmless everywhere. */
export const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Octets that some readers take for whitespace, for nothing, or for the end of a line. */
export const oddSpaces = ["\x0b", "\x0c", "\x85", "\xa0", "\0", "\x1c", "\x1f", "\xad"];

/** A field line that means nothing to anybody. */
export function harmless(random: Random): string {
  return `X-${random.text(plain, 1, 6)}: ${random.text(`${plain} \t;,="/`, 0, 8)}z`;
}

/** A method that may have content, and a path of its own. */
export function start(random: Random): string {
  return `${random.pick(["POST", "PUT", "PATCH", "GET", "DELETE"])} /${random.text(plain, 1, 4)}`;
}

/** A head with these field lines in this order, `Host` and harmless ones around them. */
export function head(random: Random, ...lines: string[]): string {
  const around = (): string[] => (random.oneIn(2) ? [harmless(random)] : []);
  const all = lines.flatMap((line) => [...around(), line]);
  const host = random.oneIn(2) ? ["Host: h", ...all] : [...all, "Host: h"];
  return `${start(random)} HTTP/1.1\r\n${[...host, ...around()].join("\r\n")}\r\n\r\n`;
}

/** A chunked message; `body` is everything behind the head. */
export function chunked(random: Random, body: string): string {
  return head(random, `${random.anyCase("Transfer-Encoding")}: ${random.anyCase("chunked")}`) + body;
}

/** A whole chunk. */
export function chunk(random: Random, extension = ""): string {
  const data = random.text(plain, 1, 20);
  return `${data.length.toString(16)}${extension}\r\n${data}\r\n`;
}
