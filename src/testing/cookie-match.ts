/** When a cookie and a URL belong together: domains, paths and secure connections (RFC 6265bis §5.1). */
import { isIP } from "node:net";

/** Whether the host is the domain or below it (RFC 6265bis §5.1.3). Both in lower case. */
export function domainMatches(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && !isAddress(host));
}

/** Whether the path is the cookie's or below it (RFC 6265bis §5.1.4). */
export function pathMatches(path: string, cookiePath: string): boolean {
  if (!path.startsWith(cookiePath)) return false;
  return path.length === cookiePath.length || cookiePath.endsWith("/") || path[cookiePath.length] === "/";
}

/** The path a cookie belongs to that names none: the folder of the request's (RFC 6265bis §5.1.4). */
export function defaultPath(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

/** Whether nobody can set cookies for the domain. Without the list of public suffixes: a name of a single label. */
export function isPublicSuffix(domain: string): boolean {
  return !domain.includes(".") && !isAddress(domain);
}

/** Whether the URL may carry `Secure` cookies. As in browsers, this machine is as good as HTTPS. */
export function isSecure(url: URL): boolean {
  if (url.protocol === "https:") return true;
  const host = url.hostname;
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(host)
  );
}

function isAddress(host: string): boolean {
  return host.startsWith("[") || isIP(host) !== 0;
}
