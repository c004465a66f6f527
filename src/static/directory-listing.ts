/** A directory as a page of links, with every name escaped. */
import { type AnyRequest, Response } from "../message/index.ts";
import { html } from "../template/index.ts";
import { promisify, readdir } from "./builtins.ts";
import type { Settings } from "./files-options.ts";
import { closeQuietly, openContained, placeOf } from "./open-contained.ts";
import { isServedName } from "./served-name.ts";

/** More names make a page nobody reads. */
const LISTED = 1000;

const readNames = promisify(readdir) as unknown as (
  path: string,
  options: { withFileTypes: true },
) => Promise<{ name: string; isFile(): boolean; isDirectory(): boolean }[]>;

/** The page for a directory, whose path ends with a slash; `undefined` where there is no directory to be shown. */
export async function directoryListing(
  request: AnyRequest,
  root: string,
  path: string,
  settings: Settings,
): Promise<Response | undefined> {
  const names = await namesIn(root, path.replace(/\/$/, ""), settings);
  if (names === undefined) return undefined;
  const title = `Files in ${request.path}`;
  const parent = path === "" ? undefined : html`<li><a href="../">../</a></li>`;
  // Beginning with a dot and a slash, no name can be read as a scheme or a host.
  const items = names.slice(0, LISTED).map((name) => {
    const link = name.endsWith("/") ? `${encodeURIComponent(name.slice(0, -1))}/` : encodeURIComponent(name);
    return html`<li><a href="./${link}">${name}</a></li>`;
  });
  const more = names.length > LISTED ? html`<p>… and ${names.length - LISTED} more</p>` : undefined;
  const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><ul>${parent}${items}</ul>${more}</html>`;
  return Response.html(page, {
    headers: {
      "Cache-Control": "no-cache",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** The names that would be served, directories first and with a slash. Links are left out. */
async function namesIn(root: string, path: string, settings: Settings): Promise<string[] | undefined> {
  const opened = await openContained(root, path, settings.symlinks);
  if (opened.descriptor === undefined) return undefined;
  try {
    if (!opened.stats.isDirectory()) return undefined;
    const entries = await readNames(placeOf(root, opened.path), { withFileTypes: true });
    const served = entries.filter((entry) => {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      if (!isServedName(below, settings.wellKnown)) return false;
      return entry.isDirectory() || (entry.isFile() && settings.allow?.(below) !== false);
    });
    const order = (one: string, other: string): number => one.localeCompare(other, "en");
    const named = (directories: boolean): string[] =>
      served
        .filter((one) => one.isDirectory() === directories)
        .map(({ name }) => name)
        .sort(order);
    return [...named(true).map((name) => `${name}/`), ...named(false)];
  } catch {
    return undefined;
  } finally {
    closeQuietly(opened.descriptor);
  }
}
