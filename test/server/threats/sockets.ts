/** The two ends of these tests: a server that counts what must never arrive, and many conversations at once. */
import type { TestContext } from "node:test";
import { type Request, Response } from "limpid/message";
import type { Server, ServerOptions } from "limpid/server";
import { open, parseResponses, type RawResponse, serve as serveWith } from "../raw-client.ts";

/** A server that takes what a crowd on one machine sends, however busy the machine is. */
export function serve(
  t: TestContext,
  handler: (request: Request) => unknown,
  options: ServerOptions = {},
): Promise<Server & { port: number }> {
  return serveWith(t, handler, { overload: false, maxConnectionsPerAddress: 20_000, ...options });
}

/** A server, and how often something that was smuggled has reached its application. */
export interface Target {
  readonly port: number;
  readonly hits: () => number;
}

/** Serves an application that reads what it gets and answers `ok`. */
export async function target(t: TestContext, options: ServerOptions = {}): Promise<Target> {
  let hits = 0;
  const handler = async (request: Request): Promise<Response> => {
    if (request.target.startsWith("/smuggled")) hits++;
    await request.bytes();
    return new Response("ok");
  };
  const { port } = await serve(t, handler, options);
  return { port, hits: () => hits };
}

/** What one connection came to. */
export interface Ending {
  readonly responses: RawResponse[];
  readonly text: string;
  /** Whether the server ended its side properly, rather than by a reset. */
  readonly finished: boolean;
}

/** Sends the pieces, waits for the end, and says how it came. With `end` the client ends its side first. */
export async function ending(port: number, pieces: Iterable<Uint8Array>, end = false): Promise<Ending> {
  const socket = open(port);
  const received: Buffer[] = [];
  let finished = false;
  socket.on("data", (bytes: Buffer) => received.push(bytes));
  socket.on("end", () => {
    finished = true;
    socket.end();
  });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  for (const piece of pieces) {
    if (socket.destroyed || finished) break;
    socket.write(piece);
    await new Promise(setImmediate);
  }
  if (end) socket.end();
  await closed;
  const text = Buffer.concat(received).toString("latin1");
  return { text, responses: parseResponses(text), finished };
}

/** Does the work for each item, so many of them at a time. */
export async function concurrently<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      await work(items[index] as Item, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
