/** Why a server cannot be reached, with the remedy: what the socket and TLS say; drivers add what their servers say. */
import { ServiceUnavailableError } from "../../../errors/index.ts";
import type { ServerAddress } from "./server-address.ts";

/** What is known of a failed attempt to connect. */
export interface ConnectAdvice {
  readonly expected: string;
  readonly found: string;
  readonly fix: string;
  /** Whether it may pass by itself, so that trying again makes sense: a server that restarts, too many connections. */
  readonly passing: boolean;
}

/** A connection that could not be opened: 503. Its texts never have the password. */
export class ConnectFailure extends ServiceUnavailableError {
  readonly passing: boolean;

  constructor(address: ServerAddress, advice: ConnectAdvice, cause: unknown) {
    super(`The database at ${address.label} cannot be reached.`, {
      code: "LMP_ORM_CONNECT_FAILED",
      expected: advice.expected,
      found: advice.found,
      fix: advice.fix,
      headers: { "Retry-After": "1" },
      cause,
    });
    this.passing = advice.passing;
  }
}

/** What errors of sockets, name resolution and TLS mean; of others, that a server of the `kind` refuses. */
export function networkAdvice(error: unknown, address: ServerAddress, kind: string): ConnectAdvice {
  const { code, message } = errorParts(error);
  const passing = { expected: `a database server at ${address.label}`, passing: true };
  switch (code) {
    case "ECONNREFUSED":
    case "ENOENT":
      return {
        ...passing,
        found: "nothing that listens there",
        fix: "Start the server, or correct host and port in the address of the database.",
      };
    case "EACCES":
    case "EPERM":
      return {
        ...passing,
        found: "a socket that this process may not open",
        fix: "Give the process's user access to the socket, or connect over TCP.",
        passing: false,
      };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {
        ...passing,
        found: "no host of this name",
        fix: "Correct the host in the address of the database, or look at the name server.",
      };
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return {
        ...passing,
        found: "no answer",
        fix: "Look at the network, the firewall and whether the server hangs.",
      };
    case "ECONNRESET":
    case "EPIPE":
    case "PROTOCOL_CONNECTION_LOST":
      return {
        ...passing,
        found: "a connection that was closed before it was ready",
        fix: "Look at the server's log; a proxy between may have no server behind it.",
      };
  }
  return tlsAdvice(code, message) ?? notLetIn(kind, message);
}

/** For a server that has as many connections as it takes. */
export function noRoom(found: string): ConnectAdvice {
  return {
    expected: "room for another connection",
    found,
    fix: "Lower pool.maximum, or raise max_connections of the server.",
    passing: true,
  };
}

function notLetIn(kind: string, found: string): ConnectAdvice {
  return {
    expected: `a ${kind} server that lets this process in`,
    found,
    fix: "Look at the cause and at the server's log.",
    passing: true,
  };
}

/** OpenSSL's codes for certificates, and Node's for names, are words of their own. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|^ERR_(TLS|SSL)|HANDSHAKE_SSL_ERROR/;

function tlsAdvice(code: string, message: string): ConnectAdvice | undefined {
  if (/does not support (SSL|secure)|HANDSHAKE_NO_SSL_SUPPORT/i.test(`${message} ${code}`)) {
    return {
      expected: "a server that speaks TLS, since its host is not local",
      found: "a server that does not",
      fix: "Switch TLS on at the server. Where the network between is trusted, add sslmode=disable to the address.",
      passing: false,
    };
  }
  if (!certificateCode.test(code)) return undefined;
  return {
    expected: "a certificate that is valid for the host and signed by a known authority",
    found: message,
    fix: "Give the authority's certificate with `tls: { ca }` or sslrootcert=file in the address.",
    passing: false,
  };
}

/** Code and message of whatever was thrown. */
export function errorParts(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return {
    code: code === "" && error.message === "timeout expired" ? "ETIMEDOUT" : code,
    message: error.message,
  };
}
