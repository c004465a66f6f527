/** Refuses what a form or a script on another site sends in a reader's name. */
import { ForbiddenError, type Middleware } from "limpid";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Middleware: 403 for a change that a browser says comes from elsewhere. Programs send neither field and may pass. */
export const sameOrigin: Middleware = function sameOrigin(request, next) {
  if (safeMethods.has(request.method)) return next();
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  // A browser sends Sec-Fetch-Site only to places it trusts: HTTPS and localhost. Origin it sends everywhere.
  const isOwn =
    site === null
      ? origin === null || hostOf(origin) === request.host
      : site === "same-origin" || site === "none";
  if (isOwn) return next();
  throw new ForbiddenError("Changes are accepted from this site's own pages only.", {
    code: "BLOG_CROSS_SITE",
  });
};

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}
