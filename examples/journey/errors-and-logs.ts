import { type Request, Response } from "limpid/message";
import { Server } from "limpid/server";

type Handler = (request: Request) => Response | Promise<Response>;

/** A status for the client, a code for programs, a sentence for people, and what led to it. */
class CodedError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.code = code;
  }
}

const secret = /authorization|cookie|password|token|secret/i;

/** One line of JSON, without what must not be read. */
function log(fields: object): void {
  const line = JSON.stringify(fields, (name, value) => (secret.test(name) ? "[redacted]" : value));
  console.log(`log     ${line}`);
}

/** The error and everything that led to it, the nearest first. */
function story(error: unknown): string {
  return error instanceof Error && error.cause !== undefined
    ? `${error} <- ${story(error.cause)}`
    : `${error}`;
}

let requests = 0;

/** Answers whatever is thrown, logs it, and lets both be found by one id. */
function answering(handler: Handler): Handler {
  return async (request) => {
    const request_id = `r-${++requests}`;
    try {
      return await handler(request);
    } catch (thrown) {
      const internal = new CodedError(500, "INTERNAL", "Something went wrong here.", thrown);
      const { status, code, message, cause } = thrown instanceof CodedError ? thrown : internal;
      const level = status < 500 ? "info" : "error";
      log({ level, message, request_id, code, exception: cause && story(cause) });
      return Response.json({ code, message, request_id }, { status });
    }
  };
}

const stock = new Map([["tea", 2]]);

const handle = answering((request) => {
  if (request.path === "/count") {
    // A slip: there is no such method.
    return Response.json((stock as unknown as { count(): number }).count());
  }
  if (request.path === "/order") {
    const order = { item: "tea", password: "hunter2" };
    log({ level: "info", message: "an order", order });
    throw new CodedError(402, "SHOP_PAYMENT", "The card was declined.", new Error("limit of 0 reached"));
  }
  const left = stock.get(request.path.slice(1));
  if (left === undefined) throw new CodedError(404, "SHOP_ITEM", "We do not sell that.");
  return new Response(`${left} left`);
});

const server = new Server({ handle }, { host: "127.0.0.1", port: 0 });
await server.listen();
for (const path of ["/tea", "/coffee", "/order", "/count"]) {
  const response = await fetch(server.url + path);
  console.log(`client  ${path} ${response.status} ${await response.text()}\n`);
}
await server.close();
