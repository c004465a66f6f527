/** Answers requests with the files of a folder: which path means which file, and what if there is none. */
import { MethodNotAllowedError } from "../errors/index.ts";
import { type AnyRequest, Response, type Result } from "../message/index.ts";
import type { Next } from "../middleware/index.ts";
import { directoryListing } from "./directory-listing.ts";
import { fingerprintOf, withoutFingerprint } from "./fingerprint.ts";
import type { Folder, Found } from "./folder.ts";
import { isNavigation } from "./navigation.ts";
import { Resource } from "./resource.ts";
import { notFound, respond } from "./respond.ts";
import { isServedName } from "./served-name.ts";

type Answer = Response | Promise<Response>;

const methods = ["GET", "HEAD", "OPTIONS"];
/** Fingerprinted names whose file is known. There are no more than the folder has files, at a time. */
const REMEMBERED = 10_000;

/** Answers with the files of a folder. */
export class FileServer {
  readonly #folder: Folder;
  /** The resource that each fingerprinted name was proved to stand for. */
  readonly #fingerprinted = new Map<string, Resource>();

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** Answers; `prefix` is where the folder stands, where that is known. Without `next` what is not there is 404. */
  answer(request: AnyRequest, prefix: string | undefined, next: Next | undefined): Answer {
    const onward = this.#folder.settings.fallThrough ? next : undefined;
    const path = pathBelow(request, prefix);
    if (path === undefined) return next === undefined ? missing(request.path) : next();
    const { method } = request;
    if (method !== "GET" && method !== "HEAD") return onward === undefined ? otherMethod(method) : onward();
    const file = this.#fileFor(path);
    if (file === undefined) return this.#directory(request, path, undefined, onward);
    if (!this.#isAllowed(file)) return this.#absent(request, path, onward, false);
    const proved = this.#fingerprinted.get(file);
    if (proved !== undefined && this.#folder.find(proved.path) === proved)
      return this.#found(request, proved, true);
    const found = this.#folder.find(file);
    if (found instanceof Resource && file === path) return this.#found(request, found, false);
    return this.#later(request, path, file, found, onward);
  }

  async #later(
    request: AnyRequest,
    path: string,
    file: string,
    finding: Found | Promise<Found>,
    onward: Next | undefined,
  ): Promise<Response> {
    const found = await finding;
    if (file !== path) return this.#directory(request, path, found, onward);
    if (found instanceof Resource) return this.#found(request, found, false);
    if (found === "directory") {
      const { index, listing } = this.#folder.settings;
      const shown =
        listing || (index !== undefined && (await this.#folder.find(`${path}/${index}`)) instanceof Resource);
      return shown ? withSlash(request) : this.#absent(request, path, onward, true);
    }
    const proved = await this.#byFingerprint(file);
    return proved === undefined
      ? this.#absent(request, path, onward, true)
      : this.#found(request, proved, true);
  }

  /** The file that a path names; for a directory its index, `undefined` where it has none. */
  #fileFor(path: string): string | undefined {
    if (path !== "" && !path.endsWith("/")) return path;
    const { index } = this.#folder.settings;
    return index === undefined ? undefined : path + index;
  }

  #isAllowed(file: string): boolean {
    const { wellKnown, allow } = this.#folder.settings;
    if (!isServedName(file, wellKnown)) {
      this.#folder.refuse(file, "name");
      return false;
    }
    if (allow === undefined || allow(file)) return true;
    this.#folder.refuse(file, "policy");
    return false;
  }

  /** A path that ends with a slash, or is the folder itself. */
  #directory(request: AnyRequest, path: string, index: Found, onward: Next | undefined): Answer {
    const { listing, wellKnown } = this.#folder.settings;
    const there = index instanceof Resource || listing;
    if (there && !rawPath(request).endsWith("/")) return withSlash(request);
    if (index instanceof Resource) return this.#found(request, index, false);
    const name = path.slice(0, -1);
    if (!listing || !(path === "" || isServedName(name, wellKnown)))
      return this.#absent(request, path, onward, true);
    const { root, settings } = this.#folder;
    return directoryListing(request, root, path, settings).then(
      (page) => page ?? this.#absent(request, path, onward, true),
    );
  }

  #found(request: AnyRequest, resource: Resource, forever: boolean): Answer {
    return respond(request, resource, { folder: this.#folder, forever });
  }

  /** The file whose content has the hash in the name. No other hash leads to it, or a file would have many addresses. */
  async #byFingerprint(file: string): Promise<Resource | undefined> {
    const parts = withoutFingerprint(file);
    if (parts === undefined || !this.#isAllowed(parts.path)) return undefined;
    const found = await this.#folder.find(parts.path);
    if (!(found instanceof Resource)) return undefined;
    if ((await fingerprintOf(found, this.#folder)) !== parts.fingerprint) return undefined;
    if (this.#fingerprinted.size >= REMEMBERED) this.#fingerprinted.clear();
    this.#fingerprinted.set(file, found);
    return found;
  }

  /** Nothing is there. `open`: the name itself was none that is refused. */
  #absent(request: AnyRequest, path: string, onward: Next | undefined, open: boolean): Answer {
    const { fallback } = this.#folder.settings;
    if (open && fallback !== undefined && isNavigation(request))
      return this.#fallBack(request, fallback, onward);
    return onward === undefined ? missing(path) : onward();
  }

  async #fallBack(request: AnyRequest, fallback: string, onward: Next | undefined): Promise<Response> {
    const found = this.#isAllowed(fallback) ? await this.#folder.find(fallback) : undefined;
    if (!(found instanceof Resource)) return onward === undefined ? missing(fallback) : onward();
    const response = await this.#found(request, found, false);
    // The page is the same at many addresses, and at none of them for good; a script gets another answer there.
    response.headers.set("Cache-Control", "no-cache");
    response.headers.set("Vary", "Accept-Encoding, Accept, Sec-Fetch-Mode");
    return response;
  }
}

/** What a request asks for below the folder; `undefined` where it asks for something else. */
function pathBelow(request: AnyRequest, prefix: string | undefined): string | undefined {
  const { path } = request;
  if (path === "*") return undefined;
  if (prefix !== undefined) {
    if (path === prefix) return "";
    return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
  }
  const wildcard = (request.params as Record<string, string | undefined>)["*"];
  return wildcard ?? path.slice(1);
}

/** The path as it was sent, before anything is mounted: without origin and query. */
function rawPath({ target }: AnyRequest): string {
  return target.replace(/^https?:\/\/[^/?]*/i, "").replace(/\?.*$/s, "") || "/";
}

/**
 * Sends a client to the directory's address, where relative links lead into it. The path was read by the one reader
 * of paths, so that it cannot lead to another host; a backslash is legal in a query but not in a URL.
 */
function withSlash(request: AnyRequest): Response {
  const question = request.target.indexOf("?");
  const query = question === -1 ? "" : request.target.slice(question).replaceAll("\\", "%5C");
  const response = Response.redirect(`${rawPath(request)}/${query}`, 308);
  response.headers.set("Cache-Control", "no-cache");
  return response;
}

function otherMethod(method: string): Response {
  if (method === "OPTIONS")
    return new Response(null, { status: 204, headers: { Allow: methods.join(", ") } });
  throw new MethodNotAllowedError(methods, "Files can only be read.");
}

function missing(path: string): never {
  throw notFound(path);
}

/** What `files` gives, as a function: a handler, or a middleware where there is a `next`. */
export type FileHandler = (request: AnyRequest, next?: Next) => Result | Promise<Result>;
