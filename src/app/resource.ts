/** A class or an object whose methods are named after those of HTTP, as handlers. */
import { LimpidError } from "../errors/index.ts";
import type { Request } from "../message/index.ts";
import { type Handler, named } from "../middleware/index.ts";

const methods = ["get", "head", "post", "put", "patch", "delete", "options"] as const;

type Methods = { [Method in (typeof methods)[number]]?: unknown };

/** The handler of one method of a resource. */
export interface ResourceHandler {
  readonly method: string;
  readonly handler: Handler;
}

/** The handlers of a resource. A class is instantiated once. Throws `LMP_APP_RESOURCE_EMPTY`. */
export function handlersOf(target: object | (new () => object)): ResourceHandler[] {
  const resource: Methods = typeof target === "function" ? new (target as new () => object)() : target;
  const owner = resource.constructor === Object ? "resource" : resource.constructor.name;
  const handlers = methods.flatMap((method) => {
    const answer = resource[method];
    if (typeof answer !== "function") return [];
    const handler = named(`${owner}.${method}`, (request: Request) => answer.call(resource, request));
    return [{ method: method.toUpperCase(), handler }];
  });
  if (handlers.length > 0) return handlers;
  throw new LimpidError("LMP_APP_RESOURCE_EMPTY", `The resource ${owner} answers no method.`, {
    expected: `at least one method named ${methods.join(", ")}`,
    found: "none of them",
    fix: "Name the methods after those of HTTP, in lower case.",
  });
}
