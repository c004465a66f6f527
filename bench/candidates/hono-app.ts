/** The Hono application that `hono` and `limpid-hono` serve. */
import { Hono, type MiddlewareHandler } from "hono";
import { stream } from "hono/streaming";
import { greeting, large, piece, pieces, routeAnswer, seen, settled, userAnswer } from "../answers.ts";
import { Order, orderAnswer } from "../order.ts";
import { applicationRoutes } from "../scenarios.ts";

const pass = (): MiddlewareHandler => (_context, next) => {
  seen.requests++;
  return next();
};
const wait = (): MiddlewareHandler => async (_context, next) => {
  seen.requests++;
  await settled;
  return next();
};

/** A new application, without a server. */
export const app: Hono = new Hono();
app.use("/sync/*", pass(), pass(), pass(), pass(), pass());
app.use("/mixed/*", pass(), wait(), pass(), wait(), pass());
app.use("/forge/*", pass(), pass(), pass(), pass(), pass());
app.get("/", (context) => context.text(greeting));
app.get("/api/users/:id", (context) => {
  const id = context.req.param("id");
  context.header("X-User", id);
  const verbose = context.req.query("verbose") === "1";
  return context.json(userAnswer(id, verbose, context.req.header("accept-language") ?? ""));
});
app.post("/echo", async (context) => context.json(await context.req.json()));
app.post("/orders", async (context) => context.json(orderAnswer(Order.parse(await context.req.json()))));
app.get("/large", (context) => context.text(large));
app.get("/streamed", (context) => {
  context.header("Content-Type", "text/plain");
  return stream(context, async (out) => {
    for (let count = 0; count < pieces; count++) await out.write(piece);
  });
});
app.get("/sync/greeting", (context) => context.text(greeting));
app.get("/mixed/greeting", (context) => context.text(greeting));
for (const [number, { method, pattern }] of applicationRoutes.entries()) {
  app.on(method, `/forge${pattern}`, (context) => context.text(routeAnswer(number)));
}
