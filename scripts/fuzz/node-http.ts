/** Node's own HTTP server on a stream instead of a socket: what it makes of octets, in this process. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Duplex } from "node:stream";

/** What `node:http` has made of an input. */
export interface NodeReading {
  readonly messages: { method: string; target: string; body: string }[];
  readonly refused: boolean;
}

class Wire extends Duplex {
  readonly messages: NodeReading["messages"] = [];
  refused = false;

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (/^HTTP\/1\.1 [45]/.test(chunk.toString("latin1", 0, 10))) this.refused = true;
    done();
  }

  // What the server calls on a socket.
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const wire = request.socket as unknown as Wire;
  let body = "";
  request.setEncoding("latin1");
  request.on("data", (part: string) => {
    body += part;
  });
  request.on("error", () => {});
  request.on("end", () => {
    wire.messages.push({ method: request.method ?? "", target: request.url ?? "", body });
    response.end();
  });
}

const server = createServer({ keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 }, answer);
server.on("checkContinue", answer);
// The stream stays: requests before the one that is refused are still on their way.
server.on("clientError", (_error, socket) => {
  (socket as unknown as Wire).refused = true;
});
server.on("connect", (_request, socket) => {
  (socket as unknown as Wire).refused = true;
});

/** Reads the inputs, each on a connection of its own that stays open. */
export async function readByNode(inputs: readonly Buffer[]): Promise<NodeReading[]> {
  const wires = inputs.map((octets) => {
    const wire = new Wire();
    wire.on("error", () => {});
    server.emit("connection", wire);
    wire.push(octets);
    return wire;
  });
  // A request is read in one turn, its content in the next; a pipeline takes a few turns for each.
  for (let turns = 0; turns < 12; turns++) await new Promise(setImmediate);
  for (const wire of wires) wire.destroy();
  return wires;
}
