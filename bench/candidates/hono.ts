/** Hono on its own server for Node. */
import { serve } from "@hono/node-server";
import { app } from "./hono-app.ts";
import { ready } from "./ready.ts";

const server = serve(
  { fetch: app.fetch, port: 0, hostname: "127.0.0.1", serverOptions: { keepAliveTimeout: 120_000 } },
  ({ port }) => ready(port),
);
server.on("error", (error) => {
  throw error;
});
