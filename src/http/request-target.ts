/** The four forms of a request target (RFC 9112 §3.2), told apart once so that nobody reads the target again. */
import { isHost } from "./host.ts";
import { ProtocolError } from "./protocol-error.ts";

/** A target taken apart; nothing in it is decoded. */
export interface RequestTarget {
  readonly path: string;
  readonly query: string;
  /** Of absolute-form, as sent; the empty string for the other forms. */
  readonly authority: string;
  /** The port that the scheme of absolute-form implies; the empty string for the other forms. */
  readonly defaultPort: string;
}

/** Takes a target apart. Its octets are known to be visible ASCII without `#`, and there is at least one. */
export function readRequestTarget(method: string, target: string): RequestTarget {
  // RFC 9110 §9.3.6: only CONNECT takes authority-form, and only a proxy can answer it.
  if (method === "CONNECT") {
    throw new ProtocolError(501, "LMP_HTTP_METHOD_UNSUPPORTED", "CONNECT is not supported.", {
      expected: "a method for a resource of this server",
      found: "CONNECT",
    });
  }
  if (target.startsWith("/")) return split(target, "", "");
  if (target === "*") {
    if (method === "OPTIONS") return split(target, "", "");
    throw invalid("The target * is for OPTIONS only.", "a target that begins with /");
  }
  return readAbsoluteForm(method, target);
}

function readAbsoluteForm(method: string, target: string): RequestTarget {
  const scheme = /^https?:\/\//i.exec(target)?.[0];
  if (scheme === undefined) {
    throw invalid(
      "The request target has no known form.",
      "a path that begins with /, or an http or https URL",
    );
  }
  const afterScheme = target.slice(scheme.length);
  const authorityEnd = afterScheme.search(/[/?]/);
  const authority = authorityEnd === -1 ? afterScheme : afterScheme.slice(0, authorityEnd);
  if (!isHost(authority)) {
    throw invalid(
      "The host in the request target is malformed.",
      "a host with an optional port, without user",
    );
  }
  const defaultPort = scheme.length === "https://".length ? "443" : "80";
  return split(originForm(method, afterScheme.slice(authority.length)), authority, defaultPort);
}

/** What follows the authority, as origin-form. RFC 9112 §3.2.4: OPTIONS without a path asks about the server. */
function originForm(method: string, rest: string): string {
  if (rest === "") return method === "OPTIONS" ? "*" : "/";
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function split(target: string, authority: string, defaultPort: string): RequestTarget {
  const question = target.indexOf("?");
  const path = question === -1 ? target : target.slice(0, question);
  const query = question === -1 ? "" : target.slice(question + 1);
  return { path, query, authority, defaultPort };
}

/** Refuses a `Host` that is not the host of an absolute-form target: two readers could pick different ones. */
export function requireSameHost(target: RequestTarget, host: string): void {
  if (target.authority === "" || host === "") return;
  if (withoutPort(host, target.defaultPort) === withoutPort(target.authority, target.defaultPort)) return;
  throw new ProtocolError(
    400,
    "LMP_HTTP_HOST_INVALID",
    "The Host header is not the host of the request target.",
    {
      expected: target.authority,
      found: host,
    },
  );
}

/** A host in lower case, without its port where that is the default one or empty. */
function withoutPort(host: string, defaultPort: string): string {
  const lowerCase = host.toLowerCase();
  for (const port of [`:${defaultPort}`, ":"]) {
    if (lowerCase.endsWith(port)) return lowerCase.slice(0, -port.length);
  }
  return lowerCase;
}

function invalid(sentence: string, expected: string): ProtocolError {
  return new ProtocolError(400, "LMP_HTTP_TARGET_INVALID", sentence, { expected, found: "another form" });
}
