/** The URL of a request as the platform would write it, without parsing what is plainly written so already. */
import { BadRequestError } from "../../errors/index.ts";
import type { Request } from "../../message/index.ts";

/** Characters that the URL standard leaves alone in a path and in a query. */
const plain = /^\/[\w\-.~!$&()*+,;=:@/?%]*$/;
/** Dot segments, which it removes, in either spelling. */
const dots = /\/(?:\.|%2e)/i;

let lastHost = "";
let lastOrigin = "";
let lastProtocol = "";

/** An absolute URL, normalized. 400 for a host that the URL standard does not know. */
export function webUrl(request: Request): string {
  const { target } = request;
  const path = target.startsWith("/") ? target : pathOf(target);
  const origin = originOf(request.protocol, request.host);
  return plain.test(path) && !dots.test(path) ? origin + path : parsed(origin + path).href;
}

/** Most requests are for the same host as the one before. */
function originOf(protocol: "http" | "https", host: string): string {
  if (host === lastHost && protocol === lastProtocol) return lastOrigin;
  const { origin } = parsed(`${protocol}://${host === "" ? "localhost" : host}`);
  lastHost = host;
  lastProtocol = protocol;
  lastOrigin = origin;
  return origin;
}

/** The path of a target in absolute-form; `/` for the asterisk-form. */
function pathOf(target: string): string {
  if (target === "*") return "/";
  const start = target.slice(target.indexOf("://") + 3).search(/[/?]/);
  if (start < 0) return "/";
  const rest = target.slice(target.indexOf("://") + 3 + start);
  return rest.startsWith("?") ? `/${rest}` : rest;
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    throw new BadRequestError("The host is not one of a URL.", { cause });
  }
}
