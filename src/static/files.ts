/** Serves a folder: as a handler, as a mounted application, or as middleware. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { LimpidError } from "../errors/index.ts";
import type { AnyRequest, Application, Response } from "../message/index.ts";
import { type Middleware, type Next, named, type Placeable, placed } from "../middleware/index.ts";
import { realpathSync, statSync } from "./builtins.ts";
import { FileServer } from "./file-server.ts";
import { checkedPrefix, type FilesOptions, settingsFrom } from "./files-options.ts";
import { Assets } from "./fingerprint.ts";
import { Folder } from "./folder.ts";

/** A served folder. */
export interface Files extends Application, Placeable {
  /** Answers as a handler; with `next` as a middleware, which goes on where there is no file. */
  (request: AnyRequest, next?: Next): Response | Promise<Response>;
  /** Answers as an application of its own, for `app.mount`: the whole path is below the folder. */
  handle(request: AnyRequest): Response | Promise<Response>;
  /**
   * The address of a file with a hash of its content in the name: `"/static/app.3f2a9c1b.css"` for `"app.css"`.
   * Clients keep what they find there for good, and a changed file has another address. The file is read at the
   * first call and looked at again at most once a second. Throws `LMP_STATIC_ASSET_UNKNOWN`.
   */
  asset(path: string): string;
}

/**
 * Serves the files of a folder, and nothing else: what a path leads to is checked on the file that was opened.
 *
 * As handler of a route with a wildcard, `app.get("/static/*", files("public"))`; as an application,
 * `app.mount("/static", files("public"))`; as middleware, `app.use("/static", files("public"))`, which goes on to
 * `next()` where there is no file. Answers carry `ETag`, `Last-Modified` and `Cache-Control`, and heed conditions and
 * ranges (RFC 9110 §13, §14). Small files stay in memory and are looked at again at most once a second.
 *
 * @param root - The folder; a relative path begins at the working directory. It must exist.
 * @throws LimpidError `LMP_STATIC_ROOT_INVALID` where there is no such folder.
 * @throws LimpidError `LMP_STATIC_OPTION_INVALID` for an option that cannot be taken.
 *
 * @example
 * ```ts
 * import { mkdtempSync, writeFileSync } from "node:fs";
 * import { App, files, Request } from "limpid";
 *
 * const folder = mkdtempSync("files-");
 * writeFileSync(`${folder}/app.css`, "body { margin: 0 }");
 * const app = new App();
 * app.get("/static/*", files(folder));
 *
 * const response = await app.handle(new Request("/static/app.css"));
 * console.log(response.headers.get("content-type")); // text/css; charset=utf-8
 * console.log(response.headers.get("cache-control")); // public, max-age=3600
 * ```
 */
export function files(root: string | URL, options: FilesOptions = {}): Files {
  const settings = settingsFrom(options);
  const folder = new Folder(realRoot(root), settings);
  const server = new FileServer(folder);
  const assets = new Assets(folder);
  let place = settings.prefix;

  const answer = (request: AnyRequest, next?: Next) =>
    server.answer(request, next === undefined ? undefined : settings.prefix, next);
  const asset = (path: string): string => {
    const encoded = assets.named(path).split("/").map(encodeURIComponent).join("/");
    return `${place ?? "/static"}/${encoded}`;
  };
  const at = (prefix: string): Middleware => {
    const checked = checkedPrefix(prefix);
    place ??= checked;
    return named(nameOf(root), (request, next) => server.answer(request, checked, next));
  };
  const handle = (request: AnyRequest): Response | Promise<Response> =>
    server.answer(request, undefined, undefined);
  return named(nameOf(root), Object.assign(answer, { handle, asset, [placed]: at }));
}

function nameOf(root: string | URL): string {
  return `files(${String(root)})`;
}

/** Links on the way to the folder are the owner's business; from there on they are not followed. */
function realRoot(root: string | URL): string {
  const path = root instanceof URL ? fileURLToPath(root) : resolve(root);
  try {
    const real = realpathSync.native(path);
    if (statSync(real).isDirectory()) return real;
  } catch (cause) {
    throw rootInvalid(path, cause);
  }
  throw rootInvalid(path);
}

function rootInvalid(path: string, cause?: unknown): LimpidError {
  return new LimpidError("LMP_STATIC_ROOT_INVALID", "There is no folder to serve files from.", {
    expected: "the path of a folder that exists",
    found: path,
    fix: 'Create it, or begin at the module: files(new URL("public", import.meta.url)).',
    cause,
  });
}
