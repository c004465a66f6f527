/** Shows a form again, with what was typed and what is wrong about it. */
import { type Html, type Next, type Request, Response, type Result, ValidationError } from "limpid";
import type { FormState } from "../form-state.ts";
import type { Visit } from "../frame.ts";
import { audienceOf } from "./audience.ts";

/** Middleware of a route with a form: 422 with the page for browsers. Others get the error as it is. */
export function formAgain(
  page: (form: FormState, request: Request & Visit) => Html | Promise<Html>,
): (request: Request & Visit, next: Next) => Promise<Result> {
  return async function formAgain(request, next) {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof ValidationError) || audienceOf(request) !== "page") throw error;
      const form = { typed: await typedInto(request), errors: error.fields };
      return Response.html(await page(form, request), { status: 422 });
    }
  };
}

/** The form is read once; this is what was read. A name that was sent twice has its first value. */
async function typedInto(request: Request): Promise<Record<string, string>> {
  const form = await request.form();
  const typed: Record<string, string> = Object.create(null);
  for (const [name, text] of form) typed[name] ??= text;
  for (const { name, filename } of form.files) typed[name] ??= filename;
  return typed;
}
