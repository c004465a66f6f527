/** One route, compiled: what runs for its requests, from its group's middleware to its handler. */
import { LimpidError, UnsupportedMediaTypeError, ValidationError } from "../errors/index.ts";
import type { Request, Response, Result } from "../message/index.ts";
import { compose, type Handler, type Middleware } from "../middleware/index.ts";
import { type StandardSchemaV1, validate } from "../validation/index.ts";
import type { ErrorHandlers } from "./error-handlers.ts";
import { logFailure } from "./log-failure.ts";
import type { RouteOptions } from "./route-types.ts";

/** What a group of routes shares: its middleware and its error handlers, inside those of its parent. */
export interface Scope {
  readonly prefix: string;
  readonly parent: Scope | undefined;
  readonly middleware: readonly Middleware<never>[];
  readonly errorHandlers: ErrorHandlers;
}

/** A route as it was defined. */
export interface Route {
  /** `undefined` answers every method. */
  readonly method: string | undefined;
  readonly pattern: string;
  readonly options: RouteOptions;
  readonly handler: Handler;
  readonly scope: Scope;
  /** Set by `compileRoute`, before the first request. */
  run?: Run;
}

/** What answers the requests of a route. */
export type Run = (request: Request) => Response | Promise<Response>;

/** The groups around a route, outermost first, without the application itself, whose middleware runs before routing. */
export function groupsOf(scope: Scope): Scope[] {
  return scope.parent === undefined ? [] : [...groupsOf(scope.parent), scope];
}

/** Puts the route's chain together, once. */
export function compileRoute(route: Route): Run {
  const use = (route.options.use ?? []) as readonly Middleware[];
  let run = compose(use, validated(route));
  for (const group of groupsOf(route.scope).reverse()) {
    const inner = compose(group.middleware as readonly Middleware[], run);
    run = group.errorHandlers.empty ? inner : guarded(inner, group.errorHandlers);
  }
  const { bodyLimit } = route.options;
  if (bodyLimit === undefined) return run;
  const limited = run;
  return (request) => {
    request.bodyLimit = bodyLimit;
    return limited(request);
  };
}

/** Hands an error to the group's handlers; what they do not take goes on outward. */
function guarded(run: Run, handlers: ErrorHandlers): Run {
  return (request) => {
    const recover = (error: unknown): Response | Promise<Response> => {
      const answer = handlers.answer(error, request);
      if (answer === undefined) throw error;
      logFailure(error, request);
      return answer;
    };
    try {
      const result = run(request);
      return result instanceof Promise ? result.catch(recover) : result;
    } catch (error) {
      return recover(error);
    }
  };
}

/** The handler behind its schemas. They run last, so that a guard has refused before anything is read. */
function validated({ options, handler }: Route): Handler {
  const { query, body, form } = options;
  if (query === undefined && body === undefined && form === undefined) return handler;
  return async (request) => {
    if (query !== undefined) request.bind({ query: await validate(query, request.query.toObject()) });
    if (body !== undefined) request.bind({ body: await validatedBody(body, request) });
    return form === undefined ? handler(request) : handledForm(form, options, request, handler);
  };
}

/**
 * Fields and files by one schema. What was typed goes along with what is wrong about it, whoever finds out: the schema,
 * or the handler, whose database has a row like it.
 */
async function handledForm(
  schema: StandardSchemaV1,
  { formLimits }: RouteOptions,
  request: Request,
  handler: Handler,
): Promise<Result> {
  const form = await request.form({ limits: formLimits });
  try {
    request.bind({ body: await validate(schema, form.toObjectWithFiles()) });
    return await handler(request);
  } catch (error) {
    if (error instanceof ValidationError) error.values ??= form.toObject();
    throw error;
  }
}

/** The content by its one media type: whatever is not understood is refused, never let through unvalidated. */
async function validatedBody(schema: StandardSchemaV1, request: Request): Promise<unknown> {
  const type = request.mediaType;
  const essence = type?.essence;
  if (essence === "application/x-www-form-urlencoded")
    return validate(schema, (await request.form()).toObject());
  if (essence === "application/json" || essence?.endsWith("+json"))
    return validate(schema, await request.json());
  throw new UnsupportedMediaTypeError("The content is of a kind this route does not take.", {
    expected: "application/json or application/x-www-form-urlencoded",
    found: essence ?? "no Content-Type",
    fix: "Send JSON with `Content-Type: application/json`.",
  });
}

/** The error for something that was given where a function belongs. */
export function handlerInvalid(where: string, found: unknown): LimpidError {
  return new LimpidError("LMP_APP_HANDLER_INVALID", `What was given to ${where} is not a function.`, {
    expected: "a function",
    found: found === null ? "null" : typeof found,
    fix: "Check the name and the order of the arguments: path, options, handler.",
  });
}
