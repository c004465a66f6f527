/** Lets an HTML form, which knows only GET and POST, ask for PUT, PATCH or DELETE. */
import { BadRequestError } from "../errors/index.ts";
import type { Request } from "../message/index.ts";
import { named } from "./name.ts";
import type { Middleware } from "./types.ts";

/** Options of `methodOverride`. */
export interface MethodOverrideOptions {
  /** The form field that names the method; false for none. Default `"_method"`. */
  field?: string | false | undefined;
  /** The request field that names the method; false for none. Default `"X-HTTP-Method-Override"`. */
  header?: string | false | undefined;
}

const permitted = new Set(["PUT", "PATCH", "DELETE"]);

/**
 * Takes the method from a request field or from a field of a urlencoded form, for POST requests only; the first to
 * name one is the request field. Any method but `PUT`, `PATCH` and `DELETE` is 400
 * `LMP_MIDDLEWARE_METHOD_REFUSED`. Off unless used, since a check that reads the method on the way here would see
 * another one than the router. Use it as the first of an application's middleware that look at the method.
 *
 * @example
 * ```ts
 * import { compose, methodOverride } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([methodOverride()], async (request) => `${request.method} ${(await request.form()).get("id")}`);
 * const body = new URLSearchParams({ _method: "DELETE", id: "7" });
 * console.log(await (await run(new Request("/posts", { method: "POST", body }))).text()); // DELETE 7
 * ```
 */
export function methodOverride(options: MethodOverrideOptions = {}): Middleware {
  const { field = "_method", header = "X-HTTP-Method-Override" } = options;
  return named("methodOverride", (request, next) => {
    if (request.method !== "POST") return next();
    const asked = header === false ? null : request.headers.get(header);
    if (asked !== null) return override(request, asked, next);
    if (field === false || request.mediaType?.essence !== "application/x-www-form-urlencoded") return next();
    return fieldOf(request, field).then((value) =>
      value === undefined ? next() : override(request, value, next),
    );
  });
}

function override<Value>(request: Request, asked: string, next: () => Value): Value {
  const method = asked.toUpperCase();
  if (!permitted.has(method)) {
    throw new BadRequestError("The method cannot be overridden with this one.", {
      code: "LMP_MIDDLEWARE_METHOD_REFUSED",
      expected: [...permitted].join(", "),
      found: asked.slice(0, 24),
      fix: "Send the request with its own method.",
    });
  }
  request.override({ method });
  return next();
}

/** The field's value; the content is put back for the handler. */
async function fieldOf(request: Request, field: string): Promise<string | undefined> {
  const content = await request.bytes();
  request.override({ content });
  const form = await request.form();
  request.override({ content });
  return form.get(field);
}
