/** The contract of handlers and middleware, and how the types know what a middleware adds to the request. */
import type { AnyRequest, Request, Response, Result } from "../message/index.ts";

/** Answers a request; what it returns becomes a response as `toResponse` says. */
export type Handler<R extends AnyRequest = Request> = (request: R) => Result | Promise<Result>;

/** Goes on to the next middleware, in the end to the handler. `await next()` is always right. */
export type Next = () => Response | Promise<Response>;

/** No properties at all: `{}`. */
export type Nothing = NonNullable<unknown>;

/**
 * Stands between the client and the handler: it may answer by itself, change the request before `next()` or the
 * response after it, or catch what `next()` throws. `Adds` names the properties it sets on the request.
 *
 * @example
 * ```ts
 * import { compose, type Middleware } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const greeter: Middleware<{ greeting: string }> = (request, next) => {
 *   request.greeting = "Hello";
 *   return next();
 * };
 * const run = compose([greeter], (request) => `${request.greeting} from ${request.path}`);
 * console.log(await (await run(new Request("/home"))).text()); // Hello from /home
 * ```
 */
export type Middleware<Adds extends object = Nothing> = (
  request: Request & Partial<Adds>,
  next: Next,
) => Result | Promise<Result>;

/** What a middleware adds to the request: `{ user: User }` for a `Middleware<{ user: User }>`. */
export type Added<M> = M extends Middleware<infer Adds> ? Own<Adds> : Nothing;

/** What several middleware add together: `AddedBy<[Middleware<{ user: User }>, Middleware<{ nonce: string }>]>`. */
export type AddedBy<List extends readonly unknown[]> = List extends readonly [infer First, ...infer Rest]
  ? Added<First> & AddedBy<Rest>
  : Nothing;

/** A middleware written for some other kind of request seems to add what every request has; that is left out. */
type Own<Adds> = keyof Adds extends never
  ? Nothing
  : [Settled<Adds>] extends [never]
    ? Extract<Adds, object>
    : { [Key in keyof Adds as Key extends Settled<Adds> ? never : Key]: Adds[Key] };

/** What every request has, unless a request may lack it and the middleware promises it: `nonce`. */
type Settled<Adds> = {
  [Key in keyof Adds & keyof Request]: MayLack<Request, Key> extends true
    ? MayLack<Adds, Key> extends true
      ? Key
      : never
    : Key;
}[keyof Adds & keyof Request];

type MayLack<Holder, Key extends keyof Holder> = Nothing extends Pick<Holder, Key> ? true : false;
