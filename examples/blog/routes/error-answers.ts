/** What is answered when something goes wrong: a page to readers, a problem document (RFC 9457) to programs. */
import { type App, HttpError, type Request, Response } from "limpid";
import { problemOf } from "limpid/message";
import type { Blog } from "../blog.ts";
import { type ErrorPageParts, errorPage } from "../pages/error-page.ts";

const broken = {
  heading: "Something broke on our side",
  text: "It has been written down, and somebody will look into it. Please try again in a moment.",
};
const headings = new Map([
  [403, "Not from there"],
  [404, "There is nothing here"],
  [405, "That cannot be done here"],
  [413, "That was too much"],
  [422, "That was not understood"],
]);

export function errorAnswers(app: App, { links }: Blog): void {
  const answer = (error: unknown, request: Request): Response => {
    if (isApi(request)) return problemDocument(error, request);
    const parts = partsOf(error, request);
    const headers = error instanceof HttpError ? error.headers : undefined;
    return Response.html(errorPage(parts, links), { status: parts.status, headers });
  };
  app.onError(HttpError, answer);
  // In development Limpid's own page is better: it shows the source around the throw.
  if (process.env.NODE_ENV !== "development") app.onError(500, answer);
}

/** By the URL, since the path of a request may be the very thing that is wrong with it. */
function isApi(request: Request): boolean {
  return URL.parse(request.url)?.pathname.startsWith("/api/") ?? false;
}

function problemDocument(error: unknown, request: Request): Response {
  const problem = problemOf(error, request);
  const headers = {
    ...(error instanceof HttpError && error.headers),
    "Content-Type": "application/problem+json",
  };
  return Response.json(problem, { status: problem.status, headers });
}

function partsOf(error: unknown, request: Request): ErrorPageParts {
  if (!(error instanceof HttpError && error.expose)) return { status: 500, requestId: request.id, ...broken };
  const { status, message } = error;
  const text =
    status === 404 && error.code === "LMP_NOT_FOUND" && message === "Not Found" ? nowhere : message;
  return { status, heading: headings.get(status) ?? "That did not work", text };
}

const nowhere = "The address may be mistyped, or what was here has been taken down.";
