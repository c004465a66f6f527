/** The same Hono application on Limpid's server. */
import { serve } from "limpid/server";
import { app } from "./hono-app.ts";
import { ready } from "./ready.ts";

const server = await serve({
  fetch: app.fetch,
  port: 0,
  hostname: "127.0.0.1",
  maxConnections: Number.POSITIVE_INFINITY,
  maxConnectionsPerAddress: Number.POSITIVE_INFINITY,
  maxRequestsPerConnection: Number.MAX_SAFE_INTEGER,
  keepAliveTimeout: 120_000,
});
ready(Number(new URL(server.url).port));
