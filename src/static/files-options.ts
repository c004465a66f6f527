/** The options of `files`, checked once. */
import { LimpidError } from "../errors/index.ts";
import { isFieldValue } from "../http/index.ts";

/** How a folder is served. */
export interface FilesOptions {
  /**
   * The path under which the folder is found, for `asset` and for use as middleware without one. Default: where
   * `app.use(prefix, …)` has put it, else `"/static"` for `asset` and the root for middleware.
   */
  prefix?: string | undefined;
  /** The file that answers for a directory; `false` for none. Default `"index.html"`. */
  index?: string | false | undefined;
  /**
   * `Cache-Control`, for all files or for one by its path below the folder; `undefined` from the function leaves the
   * default. Default `"public, max-age=3600"`, and `"public, max-age=31536000, immutable"` for fingerprinted names.
   */
  cacheControl?: string | ((path: string) => string | undefined) | undefined;
  /**
   * Which names on disk change with their content. Default: a hexadecimal hash of 8 digits or more before the
   * extension, as in `app.3f2a9c1b.css`.
   */
  fingerprinted?: RegExp | undefined;
  /** Whether `app.css.br`, `.zst` and `.gz` beside `app.css` are sent to clients that take them. Default true. */
  precompressed?: boolean | undefined;
  /** Whether text that is held in memory is compressed for clients that take it. Default true. */
  compress?: boolean | undefined;
  /** Bytes of files held in memory, the least recently used leaving first; 0 holds none. Default 64 MiB. */
  cacheBytes?: number | undefined;
  /** A larger file is read from disk in pieces each time. Default 2 MiB. */
  cachedFileBytes?: number | undefined;
  /** Whether a directory without an index is listed. Default false. */
  listing?: boolean | undefined;
  /** Whether symbolic links are followed; what they lead to must be in the folder all the same. Default false. */
  symlinks?: boolean | undefined;
  /** Whether `/.well-known/` is served. All other names with a leading dot never are. Default false. */
  wellKnown?: boolean | undefined;
  /** For what users have uploaded: offers each file for saving and keeps it from running scripts. Default false. */
  attachment?: boolean | undefined;
  /** The file that answers navigation to what is not there, for applications of a single page. */
  fallback?: string | undefined;
  /** Whether middleware goes on to `next()` where there is no file; otherwise 404. Default true. */
  fallThrough?: boolean | undefined;
  /** Has the last word on every file, by its path below the folder: `"css/app.css"`. False is 404. */
  allow?: ((path: string) => boolean) | undefined;
}

/** The same with nothing left open. */
export interface Settings {
  readonly prefix: string | undefined;
  readonly index: string | undefined;
  readonly cacheControl: (path: string) => string | undefined;
  readonly fingerprinted: RegExp;
  readonly precompressed: boolean;
  readonly compress: boolean;
  readonly cacheBytes: number;
  readonly cachedFileBytes: number;
  readonly listing: boolean;
  readonly symlinks: boolean;
  readonly wellKnown: boolean;
  readonly attachment: boolean;
  readonly fallback: string | undefined;
  readonly fallThrough: boolean;
  readonly allow: ((path: string) => boolean) | undefined;
}

/** A letter and a digit must both be in it, so that a date such as `20240131` is none. */
const hexadecimalHash = /\.(?=[\da-f]*[a-f])(?=[a-f]*\d)[\da-f]{8,64}\.\w+$/;

/** Fills in the defaults. Throws `LMP_STATIC_OPTION_INVALID`. */
export function settingsFrom(options: FilesOptions): Settings {
  return {
    prefix: options.prefix === undefined ? undefined : checkedPrefix(options.prefix),
    index: options.index === false ? undefined : fileName("index", options.index ?? "index.html"),
    cacheControl: cacheControlFrom(options.cacheControl),
    fingerprinted: options.fingerprinted ?? hexadecimalHash,
    precompressed: options.precompressed ?? true,
    compress: options.compress ?? true,
    cacheBytes: byteCount("cacheBytes", options.cacheBytes ?? 67_108_864),
    cachedFileBytes: byteCount("cachedFileBytes", options.cachedFileBytes ?? 2_097_152),
    listing: options.listing ?? false,
    symlinks: options.symlinks ?? false,
    wellKnown: options.wellKnown ?? false,
    attachment: options.attachment ?? false,
    fallback: options.fallback === undefined ? undefined : fileName("fallback", options.fallback),
    fallThrough: options.fallThrough ?? true,
    allow: options.allow,
  };
}

/** `"/static"`: with a slash before and none behind; the root is the empty string. */
export function checkedPrefix(prefix: string): string {
  const segments = typeof prefix === "string" ? prefix.replace(/\/$/, "").split("/").slice(1) : [".."];
  const odd = segments.some((one) => one === "" || one === "." || one === ".." || /[?#%\\*:]/.test(one));
  if (odd || !prefix.startsWith("/")) {
    throw optionInvalid("prefix", 'a path such as "/static"', prefix, "Write the path as it is decoded.");
  }
  return prefix.replace(/\/$/, "");
}

function cacheControlFrom(given: FilesOptions["cacheControl"]): (path: string) => string | undefined {
  if (given === undefined) return () => undefined;
  if (typeof given === "function") return given;
  if (typeof given === "string" && given !== "" && isFieldValue(given)) return () => given;
  throw optionInvalid(
    "cacheControl",
    "a field value, or a function",
    given,
    'Write "no-cache", for example.',
  );
}

function fileName(option: string, given: string): string {
  if (typeof given === "string" && /^[^/\\.\0][^\\\0]*$/.test(given) && !given.includes("..")) return given;
  throw optionInvalid(option, "the name of a file in the folder", given, 'Write "index.html", for example.');
}

function byteCount(option: string, given: number): number {
  if (Number.isSafeInteger(given) && given >= 0) return given;
  throw optionInvalid(option, "whole bytes, at least 0", given, "Give a number of bytes.");
}

function optionInvalid(option: string, expected: string, found: unknown, fix: string): LimpidError {
  return new LimpidError("LMP_STATIC_OPTION_INVALID", `The option ${option} of files is not valid.`, {
    expected,
    found: typeof found === "string" ? JSON.stringify(found.slice(0, 80)) : String(found),
    fix,
  });
}
