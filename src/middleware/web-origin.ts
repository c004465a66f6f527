/** Origins as browsers send them (HTML standard, "serialization of an origin"), checked when a middleware is created. */

/** What is wrong with an origin, and how to write it instead. */
export interface OriginProblem {
  readonly found: string;
  readonly fix: string;
}

/** Why the origin of a list cannot be compared with what browsers send; undefined where it can. */
export function originProblem(origin: unknown): OriginProblem | undefined {
  if (origin === "null") {
    return { found: '"null"', fix: "Any sandboxed page has this origin. Serve the page from a real one." };
  }
  if (typeof origin !== "string") return { found: String(origin), fix: "Write each origin as a string." };
  const found = JSON.stringify(origin.slice(0, 80));
  const web = /^https?:/i.test(origin);
  if (web && URL.canParse(origin)) {
    const written = new URL(origin).origin;
    // A browser sends no such host, and whoever lists one means a pattern.
    if (written === origin && !origin.includes("*")) return undefined;
    return { found, fix: `Write it as browsers send it: ${JSON.stringify(written)}.` };
  }
  if (!web && /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._-]+(?::\d{1,5})?$/.test(origin)) return undefined;
  return { found, fix: 'Write scheme and host: "https://app.example.com".' };
}
