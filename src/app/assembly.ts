/** What an application and its groups share: the routes, the compiled chain and the lifecycle. */
import { MethodNotAllowedError, NotFoundError } from "../errors/index.ts";
import type { Logger } from "../log/index.ts";
import { type Request, Response } from "../message/index.ts";
import { compose, type Middleware } from "../middleware/index.ts";
import { Router } from "../router/index.ts";
import type { Server } from "../server/index.ts";
import { ErrorExit } from "./error-exit.ts";
import { requestRouted } from "./moments.ts";
import { compileRoute, type Route, type Scope } from "./route.ts";

/** A hook of the lifecycle. */
export type Hook = () => void | Promise<void>;

type Chain = (request: Request) => Response | Promise<Response>;

/** The machine behind an `App`. */
export class Assembly {
  readonly router: Router<Route> = new Router<Route>();
  readonly routes: Route[] = [];
  /** Promises of plugins, awaited before the start hooks. */
  readonly installing: Promise<void>[] = [];
  readonly startHooks: Hook[] = [];
  readonly closeHooks: Hook[] = [];
  server: Server | undefined;
  readonly log: Logger | undefined;
  /** The application's own middleware and error handlers. */
  readonly scope: Scope;
  readonly #exit: ErrorExit;
  #chain: Chain | undefined;
  #starting: Promise<void> | undefined;
  #started = false;

  constructor(scope: Scope, log: Logger | undefined, development: boolean) {
    this.scope = scope;
    this.log = log;
    this.#exit = new ErrorExit(scope.errorHandlers, development, (request) => this.#patternOf(request));
  }

  add(route: Route): void {
    this.router.add(route.pattern, route, { method: route.method, name: route.options.name });
    this.routes.push(route);
    this.changed();
  }

  /** Something was added: the chain is put together anew for the next request. */
  changed(): void {
    this.#chain = undefined;
  }

  /** Never throws and never rejects. */
  handle(request: Request): Response | Promise<Response> {
    if (this.log !== undefined) request.log = this.log;
    const waiting = !this.#started && (this.installing.length > 0 || this.startHooks.length > 0);
    if (!waiting) return this.#run(request);
    return this.start().then(
      () => this.#run(request),
      (error: unknown) => this.#exit.answer(error, request),
    );
  }

  /** Awaits the plugins and runs the start hooks, once. After a failure it may be tried again. */
  start(): Promise<void> {
    this.#starting ??= this.#start().catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    await Promise.all(this.installing);
    for (const hook of this.startHooks) await hook();
    this.#started = true;
  }

  /** Closes the server, then runs the close hooks, all of them, and throws what the first failing one threw. */
  async close(options: { grace?: number | undefined }): Promise<void> {
    const server = this.server;
    this.server = undefined;
    await server?.close(options);
    if (this.#starting === undefined) return;
    this.#starting = undefined;
    this.#started = false;
    const failures: unknown[] = [];
    for (const hook of [...this.closeHooks].reverse()) {
      try {
        await hook();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  #run(request: Request): Response | Promise<Response> {
    try {
      const result = (this.#chain ??= this.#compile())(request);
      return result instanceof Promise
        ? result.catch((error: unknown) => this.#exit.answer(error, request))
        : result;
    } catch (error) {
      return this.#exit.answer(error, request);
    }
  }

  #compile(): Chain {
    for (const route of this.routes) route.run = compileRoute(route);
    return compose(this.scope.middleware as readonly Middleware[], (request) => this.#dispatch(request));
  }

  #dispatch(request: Request): Response | Promise<Response> {
    if (request.path === "*") return new Response(null, { status: 204 });
    const found = this.router.find(request.method, request.path);
    if (requestRouted.active) {
      requestRouted.announce({ request, pattern: found.kind === "found" ? found.match.pattern : undefined });
    }
    if (found.kind === "found") {
      request.bind({ params: found.match.params });
      const { target } = found.match;
      return (target.run ??= compileRoute(target))(request);
    }
    if (found.kind === "none") throw new NotFoundError();
    if (request.method !== "OPTIONS") throw new MethodNotAllowedError(found.allow);
    return new Response(null, { status: 204, headers: { Allow: found.allow.join(", ") } });
  }

  #patternOf(request: Request): string | undefined {
    const found = this.router.find(request.method, request.path);
    return found.kind === "found" ? found.match.pattern : undefined;
  }
}
