/** The address of a database: for which dialect it is, which file it names, and how it is shown to people. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";

const schemes: ReadonlyMap<string, DialectName> = new Map([
  ["sqlite", "sqlite"],
  ["postgres", "postgresql"],
  ["postgresql", "postgresql"],
  ["mysql", "mysql"],
  ["mariadb", "mysql"],
]);

/** The dialect that an address is for. Throws `LMP_ORM_URL_INVALID`. */
export function dialectOfUrl(url: string): DialectName {
  const scheme = typeof url === "string" ? /^([a-z]+):/i.exec(url)?.[1]?.toLowerCase() : undefined;
  const dialect = schemes.get(scheme ?? "");
  if (dialect !== undefined) return dialect;
  throw new LimpidError("LMP_ORM_URL_INVALID", "This is no address of a database.", {
    expected: "sqlite:blog.db, sqlite::memory:, postgres://user@host/name or mysql://user@host/name",
    found: scheme === undefined ? "no scheme" : `the scheme "${scheme}"`,
    fix: "Check DATABASE_URL, --database, or what is passed to Database.connect.",
  });
}

/** The file of `sqlite:blog.db`, `sqlite:./a/b.db`, `sqlite:/abs.db` and `sqlite:///abs.db`. */
export function sqlitePath(url: string): string {
  const path = url.slice("sqlite:".length);
  return path.startsWith("///") ? path.slice(2) : path;
}

/** The address without its password, for people to read. */
export function maskedUrl(url: string): string {
  return (
    url
      // As a URL is read: the name ends at the first colon, the password at the last @.
      .replace(/(:\/\/[^/?#:]*):[^/?#]*@/, "$1:***@")
      .replace(/([?&](?:password|sslpassword)=)[^&#]*/gi, "$1***")
  );
}
