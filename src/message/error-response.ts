/** The safe answer to an error: a problem document (RFC 9457) or a plain page, without a word the client may not read. */
import { HttpError, reasonPhrase, ValidationError } from "../errors/index.ts";
import { accepts } from "../http/index.ts";
import { escapeHtml } from "./escape-html.ts";
import type { AnyRequest } from "./request.ts";
import { Response } from "./response.ts";

/** What a client may know of an error, in the members of RFC 9457 §3.1. */
export interface Problem {
  status: number;
  title: string;
  detail?: string;
  code?: string;
  /** The request's id, to be quoted when somebody asks for help. */
  instance?: string;
  /** Messages by field name, for a `ValidationError`. */
  fields?: Record<string, string[]>;
}

/** What a client may know of an error. The message only where `expose` says so. */
export function problemOf(error: unknown, request?: AnyRequest): Problem {
  const status = error instanceof HttpError ? error.status : 500;
  const problem: Problem = { status, title: reasonPhrase(status) };
  if (error instanceof HttpError && error.expose) {
    if (error.message !== "" && error.message !== problem.title) problem.detail = error.message;
    problem.code = error.code;
    if (error instanceof ValidationError) problem.fields = error.fields;
  }
  if (request !== undefined) problem.instance = `urn:request:${request.id}`;
  return problem;
}

/** The default response to an error: a page where the client prefers HTML, a problem document otherwise. */
export function errorResponse(error: unknown, request?: AnyRequest): Response {
  const problem = problemOf(error, request);
  const headers: Record<string, string> = { ...(error instanceof HttpError ? error.headers : {}) };
  const response = prefersHtml(request) ? page(problem, headers) : document(problem, headers);
  response.error = error;
  return response;
}

/** Whether the client would rather have a page than a document for programs. */
export function prefersHtml(request: AnyRequest | undefined): boolean {
  const accept = request?.headers.get("accept") ?? null;
  if (accept === null) return false;
  return accepts(accept, ["application/problem+json", "application/json", "text/html"]) === "text/html";
}

function document(problem: Problem, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...headers, "Content-Type": "application/problem+json" },
  });
}

function page(problem: Problem, headers: Record<string, string>): Response {
  const title = escapeHtml(`${problem.status} ${problem.title}`);
  const detail = problem.detail === undefined ? "" : `<p>${escapeHtml(problem.detail)}</p>`;
  const instance =
    problem.instance === undefined ? "" : `<p><small>${escapeHtml(problem.instance)}</small></p>`;
  const markup = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1>${detail}${instance}</html>`;
  return new Response(markup, {
    status: problem.status,
    headers: {
      ...headers,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    },
  });
}
