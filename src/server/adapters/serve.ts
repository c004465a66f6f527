/** Serves a Fetch-style application on Limpid's server with one call. */
import type { Logger } from "../../log/index.ts";
import { Server } from "../server.ts";
import type { ServerOptions } from "../server-options.ts";
import { type FetchApplicationOptions, type FetchFunction, fromFetch } from "./fetch-application.ts";
import { replaceGlobalObjects } from "./global-objects.ts";

/** What to serve and where; besides, every option of `Server`. */
export interface ServeOptions extends Omit<ServerOptions, "host">, FetchApplicationOptions {
  /** Answers every request. Called as a method of the options, so that `serve(app)` is enough for most. */
  fetch: FetchFunction;
  /** Default: 8000, unless `path` names a unix socket. 0 takes any free port. */
  port?: number | undefined;
  /** An address or a name, as `host` of `Server`. Default: all interfaces. */
  hostname?: string | undefined;
  /**
   * Puts light objects in the place of the global `Request`, `Response` and `fetch`, which halves the work of a small
   * answer. `instanceof` and subclasses go on as before. False leaves the global object alone. Default: true.
   */
  overrideGlobalObjects?: boolean | undefined;
  /** The logger for what belongs to no request. Default: the root logger. */
  log?: Logger | undefined;
}

/**
 * Serves a Fetch-style application: Hono, itty, or a plain function. Resolves to the server when it listens; rejects
 * with the codes of `Server.listen`. Keep-alive, limits, timeouts and drain are those of `Server`.
 *
 * @example
 * ```ts
 * import { serve } from "limpid";
 *
 * const server = await serve({ fetch: (request) => new Response(`${request.method} ${request.url}`), port: 0 });
 * console.log(await (await fetch(`${server.url}/tea`)).text()); // GET http://localhost:…/tea
 * await server.close();
 * ```
 */
export async function serve(options: ServeOptions): Promise<Server> {
  const { fetch: _, hostname, bodyLimit, overrideGlobalObjects = true, log, ...rest } = options;
  if (overrideGlobalObjects) replaceGlobalObjects();
  const application = fromFetch((request, info) => options.fetch(request, info), { bodyLimit });
  const where = rest.path === undefined ? { port: 8000, host: hostname, ...rest } : rest;
  return new Server(application, where, log).listen();
}
