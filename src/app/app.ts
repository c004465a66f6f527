/** The application: routes, middleware, error handlers and lifecycle, put together once and run for every request. */
import { HttpError, LimpidError, MethodNotAllowedError, NotFoundError } from "../errors/index.ts";
import { type Logger, rootLogger } from "../log/index.ts";
import { type Application, errorResponse, prefersHtml, Request, Response } from "../message/index.ts";
import { appliedLater, compose, type Handler, type Middleware, nameOf, onPaths } from "../middleware/index.ts";
import { Router } from "../router/index.ts";
import { Server, type ServerOptions } from "../server/index.ts";
import { developmentPage } from "./development-page.ts";
import { type ErrorClass, type ErrorHandler, ErrorHandlers } from "./error-handlers.ts";
import { Explanation, type Step } from "./explanation.ts";
import { fromWebRequest, toWebResponse } from "./fetch-host.ts";
import { compileRoute, groupsOf, type Route, type Scope } from "./route.ts";
import type { NamedRoute, Resource, RouteHandler, RouteOptions, UrlParams } from "./route-types.ts";

/** How an application behaves. */
export interface AppOptions {
  /** The parent of every request's logger. Default: the root logger. */
  log?: Logger | undefined;
  /** Whether errors show their source and stack. Default: whether `NODE_ENV` is `"development"`. */
  development?: boolean | undefined;
}

/** Adds something to an application: routes, middleware, hooks. */
export type Plugin = (app: App) => void | Promise<void>;

/** A hook of the lifecycle. */
export type Hook = () => void | Promise<void>;

/** Defines a route for one method: a path, options where there are any, and the handler. */
export interface DefineRoute<State extends object, Named, Prefix extends string> {
  <Path extends string>(
    path: Path,
    handler: RouteHandler<`${Prefix}${Path}`, unknown, State>,
  ): App<State, Named, Prefix>;
  <Path extends string, const Options extends RouteOptions>(
    path: Path,
    options: Options,
    handler: RouteHandler<`${Prefix}${Path}`, Options, State>,
  ): App<State, Named & NamedRoute<`${Prefix}${Path}`, Options>, Prefix>;
}

/** A route, for listings. */
export interface RouteSummary {
  readonly method: string;
  readonly pattern: string;
  readonly name: string | undefined;
  /** The middleware that runs for it, outermost first. */
  readonly middleware: readonly string[];
  readonly handler: string;
}

const resourceMethods = ["get", "head", "post", "put", "patch", "delete", "options"] as const;

interface Root {
  readonly router: Router<Route>;
  readonly routes: Route[];
  readonly log: Logger | undefined;
  readonly development: boolean;
  /** Set back to undefined whenever something is added. */
  chain: ((request: Request) => Response | Promise<Response>) | undefined;
  readonly starting: (() => void | Promise<void>)[];
  readonly onStart: Hook[];
  readonly onClose: Hook[];
  started: Promise<void> | "done" | undefined;
  server: Server | undefined;
}

/**
 * A web application.
 *
 * @example
 * ```ts
 * import { App, html, Request } from "limpid";
 *
 * const app = new App();
 * app.get("/hello/:name", ({ params }) => html`<h1>Hello, ${params.name}</h1>`);
 *
 * const response = await app.handle(new Request("/hello/Ada"));
 * console.log(response.status, await response.text()); // 200 <h1>Hello, Ada</h1>
 * ```
 */
export class App<State extends object = object, Named = unknown, Prefix extends string = "">
  implements Application, Scope
{
  readonly prefix: string;
  readonly parent: App | undefined;
  readonly middleware: Middleware<never>[] = [];
  readonly errorHandlers: ErrorHandlers = new ErrorHandlers();
  readonly #root: Root;

  constructor(options: AppOptions = {}, group?: { parent: App; prefix: string }) {
    this.parent = group?.parent;
    this.prefix = group?.prefix ?? "";
    this.#root = group === undefined ? newRoot(options) : group.parent.#root;
  }

  readonly get: DefineRoute<State, Named, Prefix> = this.#definer("GET");
  readonly post: DefineRoute<State, Named, Prefix> = this.#definer("POST");
  readonly put: DefineRoute<State, Named, Prefix> = this.#definer("PUT");
  readonly patch: DefineRoute<State, Named, Prefix> = this.#definer("PATCH");
  readonly delete: DefineRoute<State, Named, Prefix> = this.#definer("DELETE");
  /** `HEAD` is answered by the `GET` route where there is no route of its own. */
  readonly head: DefineRoute<State, Named, Prefix> = this.#definer("HEAD");
  /** `OPTIONS` is answered with `Allow` where there is no route of its own. */
  readonly options: DefineRoute<State, Named, Prefix> = this.#definer("OPTIONS");
  /** Every method that no other route of the path takes. */
  readonly all: DefineRoute<State, Named, Prefix> = this.#definer(undefined);

  /** Like `get` and its sisters, for any method: `app.route("REPORT", "/calendar", handler)`. */
  route<Path extends string, const Options extends RouteOptions>(
    method: string,
    path: Path,
    options: Options,
    handler: RouteHandler<`${Prefix}${Path}`, Options, State>,
  ): App<State, Named & NamedRoute<`${Prefix}${Path}`, Options>, Prefix> {
    this.#add(method, path, options, handler as Handler);
    return this as App<State, Named & NamedRoute<`${Prefix}${Path}`, Options>, Prefix>;
  }

  /**
   * Adds middleware, for every request, or for those whose path is the prefix or below it. It runs in the order
   * added, before routing; that of a group runs for the group's routes. What it adds to requests is in the type of
   * the application returned.
   */
  use<Adds extends object>(middleware: Middleware<Adds>): App<State & Adds, Named, Prefix>;
  use<Adds extends object>(prefix: string, middleware: Middleware<Adds>): App<State & Partial<Adds>, Named, Prefix>;
  use(first: string | Middleware<never>, second?: Middleware<never>): App<State, Named, Prefix> {
    const middleware = typeof first === "string" ? below(this.prefix + first, second) : first;
    if (typeof middleware !== "function") refuseHandler("middleware", middleware);
    this.middleware.push(middleware);
    this.#root.chain = undefined;
    return this;
  }

  /** Routes under a common prefix, with middleware and error handlers of their own. */
  group<Path extends string>(
    prefix: Path,
    define: (group: App<State, Named, `${Prefix}${Path}`>) => void,
  ): this {
    const parent = this as unknown as App;
    define(new App({}, { parent, prefix: this.prefix + prefix }) as App<State, Named, `${Prefix}${Path}`>);
    return this;
  }

  /** Answers everything at the prefix and below it with another application, which sees the rest of the path. */
  mount(prefix: string, application: Application): this {
    const whole = this.prefix + prefix;
    const handler: Handler = (request) => application.handle(request.within(whole));
    Object.defineProperty(handler, "name", { value: `mount ${whole}` });
    this.#add(undefined, prefix, {}, handler);
    this.#add(undefined, `${prefix === "/" ? "" : prefix}/*`, {}, handler);
    return this;
  }

  /** A class, or an object, whose methods are named after those of HTTP. A class is instantiated once. */
  resource<Path extends string>(
    path: Path,
    target: Resource<`${Prefix}${Path}`, State> | (new () => Resource<`${Prefix}${Path}`, State>),
  ): this {
    const resource = typeof target === "function" ? new target() : target;
    const owner = resource.constructor === Object ? "resource" : resource.constructor.name;
    const methods = resourceMethods.filter((method) => typeof resource[method] === "function");
    if (methods.length === 0) refuseResource(owner);
    for (const method of methods) {
      const handler = (request: Request): unknown => (resource[method] as Handler).call(resource, request);
      Object.defineProperty(handler, "name", { value: `${owner}.${method}` });
      this.#add(method.toUpperCase(), path, {}, handler as Handler);
    }
    return this;
  }

  /** Runs a plugin; one that returns a promise is awaited before the application starts. */
  install(plugin: Plugin): this {
    const installed = plugin(this as unknown as App);
    if (installed instanceof Promise) {
      installed.catch(() => {});
      this.#root.starting.push(() => installed);
    }
    return this;
  }

  /** Answers errors of a class, or with a status, that come from the routes of this application or group. */
  onError<Caught extends Error>(type: ErrorClass<Caught>, handler: ErrorHandler<Caught>): this;
  onError(status: number, handler: ErrorHandler<unknown>): this;
  onError<Caught extends Error>(key: ErrorClass<Caught> | number, handler: ErrorHandler<Caught>): this {
    this.errorHandlers.add(key, handler as ErrorHandler);
    this.#root.chain = undefined;
    return this;
  }

  /** Runs before the first request. What it throws keeps the application from starting. */
  onStart(hook: Hook): this {
    this.#root.onStart.push(hook);
    return this;
  }

  /** Runs in `close`, behind the last request, the hook added last first. */
  onClose(hook: Hook): this {
    this.#root.onClose.push(hook);
    return this;
  }

  /** The path of a named route, with its parameters and query encoded. */
  url<Name extends keyof Named & string>(
    name: Name,
    params: UrlParams<Named[Name] & string>,
    query?: Record<string, string | number>,
  ): string;
  url(name: string, params?: Record<string, string | number>, query?: Record<string, string | number>): string;
  url(name: string, params?: Record<string, string | number>, query?: Record<string, string | number>): string {
    return this.#root.router.url(name, params, query);
  }

  /** Answers a request. Never throws and never rejects: what goes wrong is answered and logged. */
  handle(request: Request): Response | Promise<Response> {
    const root = this.#root;
    if (root.log !== undefined) request.log = root.log;
    if (root.started !== "done" && (root.starting.length > 0 || root.onStart.length > 0)) {
      return this.start().then(
        () => this.#run(request),
        (error: unknown) => this.#recover(error, request),
      );
    }
    return this.#run(request);
  }

  /** Answers a request of a Fetch-style host: Bun, Deno, a worker. */
  fetch = async (request: globalThis.Request): Promise<globalThis.Response> =>
    toWebResponse(await this.handle(fromWebRequest(request)));

  /** Runs the plugins and the start hooks, once. `listen` and the first request do it by themselves. */
  start(): Promise<void> {
    const root = this.#root;
    if (root.started === "done") return Promise.resolve();
    return (root.started ??= this.#start().catch((error: unknown) => {
      root.started = undefined;
      throw error;
    }));
  }

  /** Listens, on port 8000 by default. Resolves to the server, which knows its `url`. */
  async listen(options: number | ServerOptions = {}): Promise<Server> {
    const root = this.#root;
    if (root.server !== undefined) throw alreadyListening(root.server.url);
    await this.start();
    const given = typeof options === "number" ? { port: options } : options;
    const server = new Server(
      this as unknown as Application,
      given.path === undefined ? { port: 8000, ...given } : given,
      root.log,
    );
    root.server = server;
    try {
      return await server.listen();
    } catch (error) {
      root.server = undefined;
      throw error;
    }
  }

  /** Answers what has begun, stops listening and runs the close hooks. `grace` in milliseconds, 10,000 by default. */
  async close(options: { grace?: number | undefined } = {}): Promise<void> {
    const root = this.#root;
    const server = root.server;
    root.server = undefined;
    await server?.close(options);
    if (root.started === undefined) return;
    root.started = undefined;
    for (const hook of [...root.onClose].reverse()) await hook();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Every route, in the order defined. */
  routes(): RouteSummary[] {
    return this.#root.routes.map((route) => ({
      method: route.method ?? "*",
      pattern: route.pattern,
      name: route.options.name,
      middleware: [...groupsOf(route.scope).flatMap((group) => group.middleware), ...(route.options.use ?? [])].map(nameOf),
      handler: handlerName(route),
    }));
  }

  /** What will run for a request, in order, and why; made to be printed. */
  explain(method: string, path: string): Explanation {
    const steps: Step[] = rootOf(this).middleware.map((middleware) => ({
      kind: "middleware",
      name: nameOf(middleware),
      why: "app.use: runs for every request",
    }));
    const request = new Request(path, { method });
    const found = this.#root.router.find(method, request.path);
    if (found.kind === "found") {
      const route = found.match.target;
      steps.push({ kind: "routing", name: route.pattern, why: `matches ${method} ${request.path}` }, ...stepsOf(route));
      return new Explanation(method, path, route.pattern, steps);
    }
    const allow = found.kind === "method" ? found.allow.join(", ") : "";
    const why = allow === "" ? "no pattern matches: 404" : `the path takes only ${allow}: ${method === "OPTIONS" ? 204 : 405}`;
    steps.push({ kind: "error", name: allow === "" ? "NotFoundError" : "MethodNotAllowedError", why });
    return new Explanation(method, path, undefined, steps);
  }

  #definer(method: string | undefined): DefineRoute<State, Named, Prefix> {
    return (path: string, ...rest: [unknown] | [RouteOptions, unknown]) => {
      const [options, handler] = rest.length === 1 ? [{}, rest[0]] : rest;
      this.#add(method, path, options, handler);
      return this;
    };
  }

  #add(method: string | undefined, path: string, options: RouteOptions, handler: unknown): void {
    if (typeof handler !== "function") refuseHandler(`${method ?? "all"} ${this.prefix}${path}`, handler);
    const pattern = joined(this.prefix, path);
    const route: Route = { method, pattern, options, handler: handler as Handler, scope: this, run: unready };
    this.#root.router.add(pattern, route, { method, name: options.name });
    this.#root.routes.push(route);
    this.#root.chain = undefined;
  }

  async #start(): Promise<void> {
    const root = this.#root;
    for (const install of root.starting) await install();
    for (const hook of root.onStart) await hook();
    root.started = "done";
  }

  #run(request: Request): Response | Promise<Response> {
    try {
      const result = (this.#root.chain ??= this.#compile())(request);
      return result instanceof Promise ? result.catch((error: unknown) => this.#recover(error, request)) : result;
    } catch (error) {
      return this.#recover(error, request);
    }
  }

  #compile(): (request: Request) => Response | Promise<Response> {
    const root = this.#root;
    for (const route of root.routes) route.run = compileRoute(route);
    return compose(rootOf(this).middleware as readonly Middleware[], (request) => this.#dispatch(request));
  }

  #dispatch(request: Request): Response | Promise<Response> {
    const found = this.#root.router.find(request.method, request.path);
    if (found.kind === "found") {
      request.bind(found.match);
      return found.match.target.run(request);
    }
    if (found.kind === "none") throw new NotFoundError();
    if (request.method !== "OPTIONS") throw new MethodNotAllowedError(found.allow);
    return new Response(null, { status: 204, headers: { Allow: found.allow.join(", ") } });
  }

  /** The error exit: the application's handlers, else the default; then what middleware wanted on every response. */
  #recover(error: unknown, request: Request): Response | Promise<Response> {
    if (!(error instanceof HttpError && error.expose)) {
      request.log.error(error instanceof Error ? error : new Error(String(error)), "the request failed");
    }
    let answer: Response | Promise<Response> | undefined;
    try {
      answer = rootOf(this).errorHandlers.answer(error, request) ?? this.#defaultAnswer(error, request);
    } catch (second) {
      answer = this.#handlerFailed(second, request);
    }
    if (!(answer instanceof Promise)) return finished(answer, request);
    return answer
      .catch((second: unknown) => this.#handlerFailed(second, request))
      .then((response) => finished(response, request));
  }

  #handlerFailed(error: unknown, request: Request): Response | Promise<Response> {
    request.log.error(error instanceof Error ? error : new Error(String(error)), "the error handler failed");
    return this.#defaultAnswer(error, request);
  }

  #defaultAnswer(error: unknown, request: Request): Response | Promise<Response> {
    const hidden = !(error instanceof HttpError && error.expose);
    if (!this.#root.development || !hidden || !prefersHtml(request)) return errorResponse(error, request);
    return developmentPage(error, request, this.#patternOf(request)).catch(() => errorResponse(error, request));
  }

  #patternOf(request: Request): string | undefined {
    const found = this.#root.router.find(request.method, request.path);
    return found.kind === "found" ? found.match.pattern : undefined;
  }
}

function newRoot(options: AppOptions): Root {
  return {
    router: new Router<Route>(),
    routes: [],
    log: options.log,
    development: options.development ?? process.env["NODE_ENV"] === "development",
    chain: undefined,
    starting: [],
    onStart: [],
    onClose: [],
    started: undefined,
    server: undefined,
  };
}

/** Runs what middleware wanted on every response, also on those made from errors. */
function finished(response: Response, request: Request): Response {
  for (const apply of appliedLater(request)) apply(response);
  return response;
}

/** A group shares its routes with the application it belongs to; only the latter's middleware runs before routing. */
function rootOf(scope: Scope): Scope {
  return scope.parent === undefined ? scope : rootOf(scope.parent);
}

function stepsOf(route: Route): Step[] {
  const steps: Step[] = [];
  for (const group of groupsOf(route.scope)) {
    for (const middleware of group.middleware) {
      steps.push({ kind: "middleware", name: nameOf(middleware), why: `group ${group.prefix}` });
    }
  }
  for (const middleware of route.options.use ?? []) {
    steps.push({ kind: "middleware", name: nameOf(middleware), why: `use of ${route.pattern}` });
  }
  for (const part of ["query", "body"] as const) {
    if (route.options[part] !== undefined) steps.push({ kind: "validation", name: part, why: `schema of ${route.pattern}` });
  }
  steps.push({ kind: "handler", name: handlerName(route), why: route.options.name ?? route.pattern });
  return steps;
}

function handlerName(route: Route): string {
  return route.handler.name || "(anonymous)";
}

function joined(prefix: string, path: string): string {
  if (prefix === "" || prefix === "/") return path;
  return path === "/" || path === "" ? prefix : prefix + path;
}

function below(prefix: string, middleware: Middleware<never> | undefined): Middleware<never> {
  const paths = prefix === "/" ? ["/*"] : [prefix, `${prefix}/*`];
  return onPaths(paths, middleware as Middleware) as Middleware<never>;
}

function unready(): never {
  throw new LimpidError("LMP_APP_NOT_READY", "The route has not been compiled.", { fix: "Call `app.handle`." });
}

function refuseHandler(where: string, found: unknown): never {
  throw new LimpidError("LMP_APP_HANDLER_INVALID", `What was given for ${where} is no function.`, {
    expected: "a function",
    found: found === null ? "null" : typeof found,
    fix: "Check the name and the order of the arguments: path, options, handler.",
  });
}

function refuseResource(name: string): never {
  throw new LimpidError("LMP_APP_RESOURCE_EMPTY", `The resource ${name} answers no method.`, {
    expected: `at least one method named ${resourceMethods.join(", ")}`,
    found: "none of them",
    fix: "Name the methods after those of HTTP, in lower case.",
  });
}

function alreadyListening(url: string): LimpidError {
  return new LimpidError("LMP_APP_LISTENING", "The application is listening already.", {
    found: url,
    fix: "Call `app.close()` first, or make a second `App`.",
  });
}
