/** What templates read of a URL: its parts, without name and password. */
import type { Members } from "./members.ts";

export const urlMembers: Members<URL> = {
  properties: {
    href: (url) => url.href,
    origin: (url) => url.origin,
    protocol: (url) => url.protocol,
    host: (url) => url.host,
    hostname: (url) => url.hostname,
    port: (url) => url.port,
    pathname: (url) => url.pathname,
    search: (url) => url.search,
    hash: (url) => url.hash,
  },
  methods: { toString: (url: URL) => url.href },
  mutating: {},
};
