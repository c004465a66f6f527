/** The shape of a curated case: octets, and what has to come of them. */

/** One message, or a few, and what the parser of the connection has to make of it. */
export interface Case {
  readonly name: string;
  /** Each character is one octet. */
  readonly octets: string;
  /** The status of the refusal; undefined where nothing is refused. */
  readonly status: number | undefined;
  /** How many whole messages are given out. */
  readonly messages: number;
  /** The state afterwards: `failed` and `closed` end the connection. */
  readonly state: "head" | "body" | "closed" | "failed";
}

/** How the octets are shown in the name of a case: the end, where most of them differ. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `...${text.slice(-77)}` : text);
}

/** Cases that are refused with one status; each entry is the octets. */
export function refused(topic: string, status: number, entries: readonly string[]): Case[] {
  return entries.map((octets) => ({
    name: `${topic}: ${shown(octets)} is ${status}`,
    octets,
    status,
    messages: 0,
    state: "failed",
  }));
}

/** Cases of one whole message behind which the connection goes on. */
export function accepted(topic: string, entries: readonly string[], state: Case["state"] = "head"): Case[] {
  return entries.map((octets) => ({
    name: `${topic}: ${shown(octets)} is accepted`,
    octets,
    status: undefined,
    messages: 1,
    state,
  }));
}

/** Every octet as a character. */
export const everyOctet: readonly string[] = Array.from({ length: 256 }, (_, octet) =>
  String.fromCharCode(octet),
);

/** `tchar` (RFC 9110 §5.6.2). */
export const isTokenCharacter = (character: string): boolean =>
  /^[A-Za-z0-9!#$%&'*+\-.^_`|~]$/.test(character);

/** A request line with a host behind it. */
export const line = (requestLine: string): string => `${requestLine}\r\nHost: h\r\n\r\n`;

/** A request with these field lines behind `Host`. */
export const fields = (lines: string): string => `POST / HTTP/1.1\r\nHost: h\r\n${lines}\r\n\r\n`;

/** A chunked request with this body. */
export const chunked = (body: string): string => fields("Transfer-Encoding: chunked") + body;
