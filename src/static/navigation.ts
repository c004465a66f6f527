/** Whether a request is a person's who opens a page, rather than a script's who fetches something. */
import { preferences } from "../http/index.ts";
import type { AnyRequest } from "../message/index.ts";

/** A browser that opens an address says so, and asks for HTML by name; the star of a script is no wish for a page. */
export function isNavigation({ headers }: AnyRequest): boolean {
  const mode = headers.get("sec-fetch-mode");
  if (mode !== null && mode !== "navigate") return false;
  return preferences(headers.get("accept")).some(
    ({ value, quality }) => quality > 0 && (value === "text/html" || value === "application/xhtml+xml"),
  );
}
