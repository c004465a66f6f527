/** Reads the address of a database server, `postgres://user:password@host:port/database?sslmode=…`. */
import { LimpidError } from "../../../errors/index.ts";

/** Where a server is and who wants in. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** A unix socket, or for PostgreSQL its folder, instead of host and port. */
  readonly socketPath: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  /** What stands behind the question mark. */
  readonly options: ReadonlyMap<string, string>;
  /** For messages: place and database, nothing secret. */
  readonly label: string;
}

/** Who wants in where, as drivers take it: what the address leaves out is not there. */
export function loginOf({ user, password, database }: ServerAddress): {
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
} {
  return {
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
  };
}

/** What the schemes and defaults of a kind of server are. */
export interface AddressForm {
  readonly schemes: readonly string[];
  readonly port: number;
  /** For the message: how an address looks. */
  readonly example: string;
}

/** Throws `LMP_ORM_URL_INVALID`. The address itself is never quoted: it has a password in it. */
export function parseServerAddress(url: string, form: AddressForm): ServerAddress {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined || !form.schemes.includes(scheme)) throw invalid(form, "another scheme, or none");
  // A user without a host, `postgres://alice@/shop?host=/run/postgresql`, is no URL for the WHATWG.
  const parsed = URL.parse(
    `database://${url.slice(scheme.length + 3).replace(/^([^/?#@]*@)?(?=[/?#]|$)/, "$1localhost")}`,
  );
  if (parsed === null) throw invalid(form, "something that is no address");
  const options = new Map(parsed.searchParams);
  const named = options.get("host") ?? options.get("socketPath");
  const socketPath = named?.startsWith("/") ? named : socketFromHost(parsed.hostname, form);
  const host = named !== undefined && socketPath === undefined ? named : unbracketed(parsed.hostname);
  const port = numberOf(options.get("port") ?? parsed.port, form);
  const database = decoded(parsed.pathname.slice(1), form);
  return {
    host,
    port,
    socketPath,
    user: decoded(parsed.username, form) ?? options.get("user"),
    password: decoded(parsed.password, form) ?? options.get("password"),
    database,
    options,
    label: `${socketPath ?? `${parsed.hostname.includes(":") ? `[${host}]` : host}:${port}`}${database === undefined ? "" : `/${database}`}`,
  };
}

/** `postgres://%2Frun%2Fpostgresql/shop`, as libpq allows. */
function socketFromHost(hostname: string, form: AddressForm): string | undefined {
  if (!/^%2f/i.test(hostname)) return undefined;
  return decoded(hostname, form);
}

function unbracketed(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

function numberOf(port: string, form: AddressForm): number {
  if (port === "") return form.port;
  const value = Number(port);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) throw invalid(form, "a port that is none");
  return value;
}

function decoded(part: string, form: AddressForm): string | undefined {
  if (part === "") return undefined;
  let text: string;
  try {
    text = decodeURIComponent(part);
  } catch {
    throw invalid(form, "a percent sign that begins no escape");
  }
  // A NUL would end the text in the middle of the server's start-up message.
  if (text.includes("\0")) throw invalid(form, "a NUL character");
  return text;
}

function invalid(form: AddressForm, found: string): LimpidError {
  return new LimpidError("LMP_ORM_URL_INVALID", "The address of the database is malformed.", {
    expected: form.example,
    found,
    fix: "Correct the address; write special characters in user and password as percent escapes.",
  });
}
