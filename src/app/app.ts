/** The application as its author sees it: routes, middleware, error handlers and lifecycle, fully typed. */
import { LimpidError } from "../errors/index.ts";
import type { Logger } from "../log/index.ts";
import type { Application, Request, Response } from "../message/index.ts";
import { type Handler, type Middleware, onPaths, placedAt } from "../middleware/index.ts";
import type { ParamValue } from "../router/index.ts";
import { type FetchHandler, Server, type ServerOptions, toFetchHandler } from "../server/index.ts";
import { Assembly, type Hook } from "./assembly.ts";
import { type ErrorClass, type ErrorHandler, ErrorHandlers } from "./error-handlers.ts";
import { type Explanation, explain, type RouteSummary, summaryOf } from "./explanation.ts";
import { handlersOf } from "./resource.ts";
import { handlerInvalid, type Scope } from "./route.ts";
import type { NamedRoute, Resource, RouteHandler, RouteOptions, UrlValues } from "./route-types.ts";

/** How an application behaves. */
export interface AppOptions {
  /** The parent of every request's logger. Default: the root logger. */
  log?: Logger | undefined;
  /** Whether errors show their source and stack. Default: whether `NODE_ENV` is `"development"`. */
  development?: boolean | undefined;
}

/** Adds something to an application: routes, middleware, hooks. */
export type Plugin = (app: App) => void | Promise<void>;

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
  readonly #assembly: Assembly;

  constructor(options: AppOptions = {}, group?: { parent: App; prefix: string }) {
    this.parent = group?.parent;
    this.prefix = group?.prefix ?? "";
    const development = options.development ?? process.env.NODE_ENV === "development";
    this.#assembly =
      group === undefined ? new Assembly(this, options.log, development) : group.parent.#assembly;
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
  use<Adds extends object>(
    prefix: string,
    middleware: Middleware<Adds>,
  ): App<State & Partial<Adds>, Named, Prefix>;
  use(first: string | Middleware<never>, second?: Middleware<never>): object {
    const given = typeof first === "string" ? second : first;
    if (typeof given !== "function") throw handlerInvalid("app.use", given);
    this.middleware.push(typeof first === "string" ? below(this.prefix + first, given) : given);
    this.#assembly.changed();
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
    for (const { method, handler } of handlersOf(target)) this.#add(method, path, {}, handler);
    return this;
  }

  /** Runs a plugin; one that returns a promise is awaited before the application starts. */
  install(plugin: Plugin): this {
    const installed = plugin(this as unknown as App);
    if (installed instanceof Promise) {
      // `start` awaits it and tells of its failure; until then that must not be an unhandled rejection.
      installed.catch(() => {});
      this.#assembly.installing.push(installed);
    }
    return this;
  }

  /** Answers errors of a class, or with a status, that come from the routes of this application or group. */
  onError<Caught extends Error>(type: ErrorClass<Caught>, handler: ErrorHandler<Caught>): this;
  onError(status: number, handler: ErrorHandler<unknown>): this;
  onError<Caught extends Error>(key: ErrorClass<Caught> | number, handler: ErrorHandler<Caught>): this {
    this.errorHandlers.add(key, handler as ErrorHandler);
    this.#assembly.changed();
    return this;
  }

  /** Runs before the first request. What it throws keeps the application from starting. */
  onStart(hook: Hook): this {
    this.#assembly.startHooks.push(hook);
    return this;
  }

  /** Runs in `close`, behind the last request, the hook added last first. */
  onClose(hook: Hook): this {
    this.#assembly.closeHooks.push(hook);
    return this;
  }

  /** The path of a named route, with its parameters and query encoded. Throws `LMP_ROUTER_URL_…`. */
  url<Name extends (keyof Named & string) | (string & {})>(
    name: Name,
    ...values: UrlValues<Name extends keyof Named ? Named[Name] : unknown>
  ): string {
    const [params, query] = values;
    return this.#assembly.router.url(name, params as Record<string, ParamValue> | undefined, query);
  }

  /** Answers a request. Never throws and never rejects: what goes wrong is answered and logged. */
  handle(request: Request): Response | Promise<Response> {
    return this.#assembly.handle(request);
  }

  /** Answers a request of a Fetch-style host: Bun, Deno, a worker. */
  readonly fetch: FetchHandler = toFetchHandler(this);

  /** Runs the plugins and the start hooks, once. `listen` and the first request do it by themselves. */
  start(): Promise<void> {
    return this.#assembly.start();
  }

  /** Listens, on port 8000 by default. Resolves to the server, which knows its `url`. */
  async listen(options: number | ServerOptions = {}): Promise<Server> {
    const assembly = this.#assembly;
    if (assembly.server !== undefined) throw alreadyListening(assembly.server.url);
    const given = typeof options === "number" ? { port: options } : options;
    const server = new Server(
      this,
      given.path === undefined ? { port: 8000, ...given } : given,
      assembly.log,
    );
    assembly.server = server;
    try {
      await this.start();
      return await server.listen();
    } catch (error) {
      assembly.server = undefined;
      throw error;
    }
  }

  /** Answers what has begun, stops listening and runs the close hooks. `grace` in milliseconds, 10,000 by default. */
  close(options: { grace?: number | undefined } = {}): Promise<void> {
    return this.#assembly.close(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Every route, in the order defined. */
  routes(): RouteSummary[] {
    return this.#assembly.routes.map(summaryOf);
  }

  /** What will run for a request, in order, and why; made to be printed. */
  explain(method: string, path: string): Explanation {
    return explain(this.#assembly, method, path);
  }

  #definer(method: string | undefined): DefineRoute<State, Named, Prefix> {
    return (path: string, ...rest: [unknown] | [RouteOptions, unknown]) => {
      const [options, handler] = rest.length === 1 ? [{}, rest[0]] : rest;
      this.#add(method, path, options, handler);
      return this;
    };
  }

  #add(method: string | undefined, path: string, options: RouteOptions, handler: unknown): void {
    const pattern = joined(this.prefix, path);
    if (typeof handler !== "function") throw handlerInvalid(`${method ?? "all"} ${pattern}`, handler);
    this.#assembly.add({ method, pattern, options, handler: handler as Handler, scope: this });
  }
}

function joined(prefix: string, path: string): string {
  if (prefix === "" || prefix === "/") return path;
  return path === "/" || path === "" ? prefix : prefix + path;
}

function below(prefix: string, middleware: Middleware<never>): Middleware<never> {
  const paths = prefix === "/" ? ["/*"] : [prefix, `${prefix}/*`];
  return onPaths(paths, placedAt(prefix, middleware as Middleware)) as Middleware<never>;
}

function alreadyListening(url: string): LimpidError {
  return new LimpidError("LMP_APP_LISTENING", "The application is listening already.", {
    found: url,
    fix: "Call `app.close()` first, or make a second `App`.",
  });
}
