/** Whether a request says who the user is by itself, as a browser makes it do whoever's page sends it. */
import type { Headers } from "../http/index.ts";

/** The schemes that browsers repeat on their own once the user has logged in with them. */
const repeated = /^(?:basic|digest|negotiate|ntlm)(?: |$)/i;

/**
 * Cookies, or credentials that a browser repeats on its own. A `Bearer` token is none of them: no other page can make
 * a browser send it. A client certificate cannot be seen here.
 */
export function hasAmbientCredentials(headers: Headers): boolean {
  if (headers.has("cookie")) return true;
  const authorization = headers.get("authorization");
  return authorization !== null && repeated.test(authorization);
}
