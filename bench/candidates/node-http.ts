/** `node:http` by hand: what a framework on it stands on. It has no router, so it leaves `routes-200` out. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { greeting, large, piece, pieces, seen, settled, userAnswer } from "../answers.ts";
import { Order, orderAnswer } from "../order.ts";
import { ready } from "./ready.ts";

const textFields = { "Content-Type": "text/plain; charset=utf-8" };

function sendText(response: ServerResponse, content: string): void {
  response.writeHead(200, { ...textFields, "Content-Length": Buffer.byteLength(content) }).end(content);
}

function sendJson(response: ServerResponse, value: unknown): void {
  const content = JSON.stringify(value);
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", Buffer.byteLength(content));
  response.end(content);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

type Step = (request: IncomingMessage, response: ServerResponse, next: () => unknown) => unknown;
const pass = (): Step => (_request, _response, next) => {
  seen.requests++;
  return next();
};
const wait = (): Step => async (_request, _response, next) => {
  seen.requests++;
  await settled;
  return next();
};

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;
const greet: Listener = (_request, response) => sendText(response, greeting);

function chain(steps: Step[], last: Listener): Listener {
  return steps.reduceRight<Listener>(
    (inner, step) => (request, response) => step(request, response, () => inner(request, response)),
    last,
  );
}
const sync = chain([pass(), pass(), pass(), pass(), pass()], greet);
const mixed = chain([pass(), wait(), pass(), wait(), pass()], greet);

function showUser(request: IncomingMessage, response: ServerResponse, path: string, query: string): void {
  const id = path.slice("/api/users/".length);
  const verbose = new URLSearchParams(query).get("verbose") === "1";
  response.setHeader("X-User", id);
  sendJson(response, userAnswer(id, verbose, request.headers["accept-language"] ?? ""));
}

function streamed(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, textFields);
  for (let count = 0; count < pieces; count++) response.write(piece);
  response.end();
}

async function takeOrder(request: IncomingMessage, response: ServerResponse): Promise<void> {
  sendJson(response, orderAnswer(Order.parse(await readJson(request))));
}

const server = createServer({ keepAliveTimeout: 120_000 }, async (request, response) => {
  const [path = "", query = ""] = (request.url ?? "").split("?", 2);
  if (path === "/") return sendText(response, greeting);
  if (path.startsWith("/api/users/")) return showUser(request, response, path, query);
  if (path === "/sync/greeting") return sync(request, response);
  if (path === "/mixed/greeting") return mixed(request, response);
  if (path === "/echo") return sendJson(response, await readJson(request));
  if (path === "/orders") return takeOrder(request, response);
  if (path === "/large") return sendText(response, large);
  if (path === "/streamed") return streamed(request, response);
  return response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", 4096);
await once(server, "listening");
ready((server.address() as AddressInfo).port);
