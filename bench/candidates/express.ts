/** Express, without the fields and checksums that the others do not send. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express, { type NextFunction, type Request, type Response } from "express";
import { greeting, large, piece, pieces, routeAnswer, seen, settled, userAnswer } from "../answers.ts";
import { Order, orderAnswer } from "../order.ts";
import { applicationRoutes } from "../scenarios.ts";
import { ready } from "./ready.ts";

const pass = () => (_request: Request, _response: Response, next: NextFunction) => {
  seen.requests++;
  next();
};
const wait = () => async (_request: Request, _response: Response, next: NextFunction) => {
  seen.requests++;
  await settled;
  next();
};
const greet = (_request: Request, response: Response) => response.type("text/plain").send(greeting);

const app = express();
app.disable("x-powered-by").disable("etag");
app.get("/", greet);
app.get("/api/users/:id", (request, response) => {
  const { id } = request.params;
  response.set("X-User", id);
  response.json(userAnswer(id, request.query.verbose === "1", request.get("accept-language") ?? ""));
});
app.post("/echo", express.json(), (request, response) => response.json(request.body));
app.post("/orders", express.json(), (request, response) =>
  response.json(orderAnswer(Order.parse(request.body))),
);
app.get("/large", (_request, response) => response.type("text/plain").send(large));
app.get("/streamed", (_request, response) => {
  response.type("text/plain");
  for (let count = 0; count < pieces; count++) response.write(piece);
  response.end();
});
app.use("/sync", pass(), pass(), pass(), pass(), pass());
app.get("/sync/greeting", greet);
app.use("/mixed", pass(), wait(), pass(), wait(), pass());
app.get("/mixed/greeting", greet);

const forge = express.Router();
forge.use(pass(), pass(), pass(), pass(), pass());
for (const [number, { method, pattern }] of applicationRoutes.entries()) {
  const route = forge.route(pattern);
  const handler = (_request: Request, response: Response) =>
    response.type("text/plain").send(routeAnswer(number));
  route[method.toLowerCase() as "get"](handler);
}
app.use("/forge", forge);

const server = app.listen(0, "127.0.0.1", 4096);
server.keepAliveTimeout = 120_000;
await once(server, "listening");
ready((server.address() as AddressInfo).port);
