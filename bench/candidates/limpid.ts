/** Limpid, as its documents say. */
import { type AnyRequest, App, type Middleware, type Next, Response } from "limpid";
import { greeting, large, piece, pieces, routeAnswer, seen, settled, userAnswer } from "../answers.ts";
import { Order, orderAnswer } from "../order.ts";
import { applicationRoutes } from "../scenarios.ts";
import { ready } from "./ready.ts";

const pass = (): Middleware => (_request: AnyRequest, next: Next) => {
  seen.requests++;
  return next();
};
const wait = (): Middleware => async (_request: AnyRequest, next: Next) => {
  seen.requests++;
  await settled;
  return next();
};

function* streamed(): Generator<Uint8Array> {
  for (let count = 0; count < pieces; count++) yield piece;
}

const app = new App();
app.get("/", () => greeting);
app.get("/api/users/:id", ({ params, query, headers }) => {
  const user = userAnswer(params.id, query.get("verbose") === "1", headers.get("accept-language") ?? "");
  return Response.json(user, { headers: { "X-User": params.id } });
});
app.post("/echo", async (request) => Response.json(await request.json()));
app.post("/orders", { body: Order }, ({ body }) => orderAnswer(body));
app.get("/large", () => large);
app.get("/streamed", () => Response.stream(streamed(), { headers: { "Content-Type": "text/plain" } }));
app.group("/sync", (group) => {
  group.use(pass()).use(pass()).use(pass()).use(pass()).use(pass());
  group.get("/greeting", () => greeting);
});
app.group("/mixed", (group) => {
  group.use(pass()).use(wait()).use(pass()).use(wait()).use(pass());
  group.get("/greeting", () => greeting);
});
app.group("/forge", (group) => {
  group.use(pass()).use(pass()).use(pass()).use(pass()).use(pass());
  for (const [number, { method, pattern }] of applicationRoutes.entries()) {
    group.route(method, pattern, {}, () => routeAnswer(number));
  }
});

// The load comes from one address over few connections, which the limits are there to refuse.
const server = await app.listen({
  port: 0,
  host: "127.0.0.1",
  maxConnections: Number.POSITIVE_INFINITY,
  maxConnectionsPerAddress: Number.POSITIVE_INFINITY,
  maxRequestsPerConnection: Number.MAX_SAFE_INTEGER,
  keepAliveTimeout: 120_000,
});
ready(Number(new URL(server.url).port));
