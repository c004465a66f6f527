/** HTTP basic authentication (RFC 7617), for a few people in front of a tool; accounts are `auth`'s. */
import { UnauthorizedError } from "../errors/index.ts";
import { parseBasicCredentials } from "../http/index.ts";
import { isPromise } from "./compose.ts";
import { cryptography } from "./cryptography.ts";
import { named } from "./name.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { Middleware } from "./types.ts";

/** What `basicAuth` adds to the request where it knows names and passwords only. */
export interface BasicUser {
  readonly name: string;
}

/** Names with their passwords. */
export interface BasicAuthUsers {
  users: Readonly<Record<string, string>>;
  /** What the browser shows, in printable ASCII. Default `"Restricted"`. */
  realm?: string | undefined;
}

/** A check of one's own. */
export interface BasicAuthVerify<User extends object> {
  /** The user whom the credentials belong to, or nothing. Compare secrets in constant time. */
  verify(name: string, password: string): Verdict<User> | Promise<Verdict<User>>;
  /** What the browser shows, in printable ASCII. Default `"Restricted"`. */
  realm?: string | undefined;
}

/** The user, or nothing where the credentials are wrong. */
export type Verdict<User> = User | null | undefined | false;

/**
 * Asks for a name and a password, and sets `request.user`. Missing, malformed and wrong credentials all get the same
 * 401 `LMP_UNAUTHORIZED` with a challenge. A known and an unknown name take the same time: digests of the whole
 * credentials are compared, with each user's, in constant time. Only over TLS, as the password is in every request.
 *
 * @example
 * ```ts
 * import { basicAuth, compose } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const guard = basicAuth({ users: { ada: "enigma" }, realm: "Engine room" });
 * const run = compose([guard], ({ user }) => `Welcome, ${user.name}`);
 * const headers = { Authorization: `Basic ${btoa("ada:enigma")}` };
 * console.log(await (await run(new Request("/", { headers }))).text()); // Welcome, ada
 * ```
 */
export function basicAuth(options: BasicAuthUsers): Middleware<{ user: BasicUser }>;
export function basicAuth<User extends object>(options: BasicAuthVerify<User>): Middleware<{ user: User }>;
export function basicAuth(options: BasicAuthUsers | BasicAuthVerify<object>): Middleware<{ user: object }> {
  const verify = "users" in options ? verifierOf(options.users) : options.verify;
  if (typeof verify !== "function") {
    const fix = 'Write basicAuth({ users: { name: "password" } }).';
    throw optionInvalid("verify of basicAuth", "a function, or `users` instead of it", verify, fix);
  }
  const challenge = challengeOf(options.realm ?? "Restricted");
  const middleware: Middleware<{ user: object }> = (request, next) => {
    const credentials = parseBasicCredentials(request.headers.get("authorization"));
    const admit = (user: Verdict<object>) => {
      if (!user) throw refused(challenge);
      request.user = user;
      return next();
    };
    if (credentials === undefined) return admit(undefined);
    // RFC 7617 §2.1: names and passwords are compared in Unicode's form NFC.
    const verdict = verify(credentials.username.normalize("NFC"), credentials.password.normalize("NFC"));
    return isPromise<Verdict<object>>(verdict) ? Promise.resolve(verdict).then(admit) : admit(verdict);
  };
  return named("basicAuth", middleware);
}

function refused(challenge: string): UnauthorizedError {
  return new UnauthorizedError("A name and a password are needed.", {
    headers: { "WWW-Authenticate": challenge },
    fix: "Send Authorization: Basic with the right ones.",
  });
}

/** RFC 7617 §2: the realm as a quoted string, and UTF-8 as the charset of what comes back. */
function challengeOf(realm: string): string {
  if (typeof realm !== "string" || !/^[\x20-\x7e]*$/.test(realm)) {
    throw optionInvalid("realm of basicAuth", "printable ASCII", realm, "Choose a plain name for the area.");
  }
  return `Basic realm="${realm.replace(/["\\]/g, "\\$&")}", charset="UTF-8"`;
}

function verifierOf(
  users: Readonly<Record<string, string>>,
): (name: string, password: string) => Verdict<BasicUser> {
  const expected = Object.entries(users).map(([name, password]) => digestOf(checkedName(name), password));
  if (expected.length === 0) {
    throw optionInvalid(
      "users of basicAuth",
      "at least one name",
      "none",
      'Write { users: { name: "password" } }.',
    );
  }
  return (name, password) => {
    const digest = digestOf(name, password);
    const { timingSafeEqual } = cryptography();
    let known = false;
    // Every user is compared, so that the time does not tell which one it was.
    for (const one of expected) known = timingSafeEqual(one, digest) || known;
    return known ? { name } : undefined;
  };
}

/** A name has no colon (RFC 7617 §2), so that the pair reads one way only. */
function digestOf(name: string, password: string): Buffer {
  const { createHash } = cryptography();
  return createHash("sha256").update(`${name}:${password}`.normalize("NFC")).digest();
}

function checkedName(name: string): string {
  if (name !== "" && !name.includes(":")) return name;
  throw optionInvalid("users of basicAuth", "names without a colon", name, "Choose another name.");
}
