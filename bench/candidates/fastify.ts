/** Fastify, with its own JSON Schema and its own hooks. */
import { Readable } from "node:stream";
import { fastify } from "fastify";
import type { z } from "zod";
import { greeting, large, piece, pieces, routeAnswer, seen, settled, userAnswer } from "../answers.ts";
import { type Order, orderAnswer, orderSchema } from "../order.ts";
import { applicationRoutes } from "../scenarios.ts";
import { ready } from "./ready.ts";

const pass = () => (_request: unknown, _reply: unknown, done: () => void) => {
  seen.requests++;
  done();
};
const wait = () => async () => {
  seen.requests++;
  await settled;
};

function* streamed(): Generator<Uint8Array> {
  for (let count = 0; count < pieces; count++) yield piece;
}

const app = fastify({ keepAliveTimeout: 120_000 });
app.get("/", (_request, reply) => reply.send(greeting));
app.get<{ Params: { id: string }; Querystring: { verbose?: string } }>("/api/users/:id", (request, reply) => {
  const { id } = request.params;
  reply.header("X-User", id);
  reply.send(userAnswer(id, request.query.verbose === "1", request.headers["accept-language"] ?? ""));
});
app.post("/echo", (request, reply) => reply.send(request.body));
app.post<{ Body: z.infer<typeof Order> }>("/orders", { schema: { body: orderSchema } }, (request, reply) =>
  reply.send(orderAnswer(request.body)),
);
app.get("/large", (_request, reply) => reply.send(large));
app.get("/streamed", (_request, reply) => reply.type("text/plain").send(Readable.from(streamed())));
app.register(
  async (group) => {
    for (let count = 0; count < 5; count++) group.addHook("onRequest", pass());
    group.get("/greeting", (_request, reply) => reply.send(greeting));
  },
  { prefix: "/sync" },
);
app.register(
  async (group) => {
    for (let count = 0; count < 5; count++) group.addHook("onRequest", count % 2 === 0 ? pass() : wait());
    group.get("/greeting", (_request, reply) => reply.send(greeting));
  },
  { prefix: "/mixed" },
);
app.register(
  async (group) => {
    for (let count = 0; count < 5; count++) group.addHook("onRequest", pass());
    for (const [number, { method, pattern }] of applicationRoutes.entries()) {
      group.route({ method, url: pattern, handler: (_request, reply) => reply.send(routeAnswer(number)) });
    }
  },
  { prefix: "/forge" },
);
const url = await app.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
ready(Number(new URL(url).port));
