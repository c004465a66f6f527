/** What is answered when something goes wrong: a page to readers, a problem document (RFC 9457) to programs. */
import { type App, HttpError, type Request, Response, ValidationError } from "limpid";
import { problemOf } from "limpid/message";
import type { Blog } from "../blog.ts";
import { frameOf, type Visit } from "../frame.ts";
import { tooLarge } from "../schemas/picture.ts";
import type { Views } from "../view-types.ts";
import { views } from "../views.ts";
import { type Audience, audienceOf } from "./audience.ts";

/** What is told of an error, beside what every page has. */
type Told = Pick<Views["error.html"], "status" | "heading" | "text" | "requestId">;

const broken = {
  heading: "Something broke on our side",
  text: "It has been written down, and somebody will look into it. Please try again in a moment.",
};
const away = {
  heading: "Back in a moment",
  text: "The blog cannot get at its posts just now. Please try again in a moment.",
};
const headings = new Map([
  [403, "Not from there"],
  [404, "There is nothing here"],
  [405, "That cannot be done here"],
  [409, "Somebody was quicker"],
  [413, "That was too much"],
  [422, "That was not understood"],
]);
/** What an error means on a blog. */
const meanings = new Map<string, string>([
  ["LMP_BODY_TOO_LARGE", `That is more than the blog takes: 50,000 characters and a picture. ${tooLarge}`],
  ["LMP_FORMS_FILE_TOO_LARGE", tooLarge],
  ["LMP_FORMS_REQUEST_TOO_LARGE", tooLarge],
  ["LMP_ORM_STALE", "The post was changed or deleted meanwhile. Please look at it again."],
  ["LMP_FORMS_FILES_TOO_MANY", "There are too many files: a post has one picture, a comment none."],
]);
const nowhere = "The address may be mistyped, or what was here has been taken down.";

export function errorAnswers(app: App, { links }: Pick<Blog, "links">): void {
  const answer = (error: unknown, request: Request & Partial<Visit>): Response => {
    const audience = isApi(request) ? "json" : audienceOf(request);
    const told = toldOf(error, request);
    const headers = { ...(error instanceof HttpError && error.headers), Vary: "Accept" };
    const init = { status: told.status, headers };
    const answers: Record<Audience, () => Response> = {
      page: () => Response.html(views.render("error.html", { ...frameOf(request, links), ...told }), init),
      json: () => problemDocument(error, request, headers),
      text: () => Response.text(plainly(error, told), init),
    };
    return answers[audience]();
  };
  app.onError(HttpError, answer);
  // In development Limpid's own page is better: it shows the source around the throw.
  if (process.env.NODE_ENV !== "development") app.onError(500, answer);
}

/** By the URL, since the path of a request may be the very thing that is wrong with it. */
function isApi(request: Request): boolean {
  return URL.parse(request.url)?.pathname.startsWith("/api/") ?? false;
}

function problemDocument(error: unknown, request: Request, headers: Record<string, string>): Response {
  const problem = problemOf(error, request);
  const meaning = problem.code && meanings.get(problem.code);
  return Response.json(meaning ? { ...problem, detail: meaning } : problem, {
    status: problem.status,
    headers: { ...headers, "Content-Type": "application/problem+json" },
  });
}

/** For a shell: what it is, and a line for each field that is wrong. */
function plainly(error: unknown, { status, heading, text, requestId }: Told): string {
  const fields = error instanceof ValidationError ? Object.entries(error.fields) : [];
  const wrong = fields.map(([name, messages]) => `${name}: ${messages.join(" ")}`);
  const told = wrong.length > 0 ? wrong : [text];
  return [`${status} ${heading}`, ...told, requestId && `Request ${requestId}`, ""]
    .filter((line) => line !== undefined)
    .join("\n");
}

function toldOf(error: unknown, request: Request): Told {
  if (!(error instanceof HttpError)) return { status: 500, requestId: request.id, ...broken };
  const { status, code, message } = error;
  if (status === 503) return { status, requestId: request.id, ...away };
  if (!error.expose) return { status, requestId: request.id, ...broken };
  const isNowhere = status === 404 && code === "LMP_NOT_FOUND" && message === "Not Found";
  const text = isNowhere ? nowhere : (meanings.get(code) ?? message);
  return { status, heading: headings.get(status) ?? "That did not work", text, requestId: undefined };
}
