/** Whose page sent a request, as far as the browser says; `csrf` decides by it. */
import type { Request } from "../message/index.ts";

/** `"own"`: a page of this origin, one that is trusted, or the user; `"unknown"`: no browser of today sent it. */
export type Provenance = "own" | "foreign" | "unknown";

/**
 * Reads `Sec-Fetch-Site`, which a page cannot set, and in its absence compares `Origin` with protocol and host. A
 * value that no browser sends, or two in one field, is foreign.
 */
export function provenanceOf(request: Request, trusted: ReadonlySet<string>): Provenance {
  const { headers } = request;
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return "own";
  const origin = headers.get("origin");
  if (origin !== null && trusted.has(origin)) return "own";
  // A page of a sibling subdomain is foreign too: whoever runs the blog does not run the shop.
  if (site !== null) return "foreign";
  if (origin === null) return "unknown";
  return origin === originOf(request) ? "own" : "foreign";
}

/** The origin this request was sent to, as a browser writes it: in lower case and without the default port. */
function originOf({ protocol, host }: Request): string {
  const port = protocol === "https" ? ":443" : ":80";
  const named = host.toLowerCase();
  return `${protocol}://${named.endsWith(port) ? named.slice(0, -port.length) : named}`;
}
