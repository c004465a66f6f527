/** One request read with care: it says what a server answers, and by what the load will recognise its responses. */
import { connect } from "node:net";

/** A response, taken apart. */
export interface Probe {
  status: number;
  mediaType: string;
  content: string;
  /** Bytes of the whole response. */
  length: number;
  /** Whether it came in chunks, so that its length may be another one next time. */
  chunked: boolean;
}

/** Sends one request to a port of this machine and reads one response, which must come within five seconds. */
export function probe(port: number, request: string): Promise<Probe> {
  const { promise, resolve, reject } = Promise.withResolvers<Probe>();
  const socket = connect(port, "127.0.0.1");
  const failed = (reason: string) =>
    reject(new Error(`${reason}\n${request.slice(0, 200)}\n${received.slice(0, 400)}`));
  let received = "";
  socket.setTimeout(5000, () => failed("There is no whole response after five seconds to"));
  socket.on("error", reject);
  socket.on("close", () => failed("The connection was closed before a whole response to"));
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    const parsed = parse(received);
    if (parsed === undefined) return;
    resolve(parsed);
    socket.destroy();
  });
  socket.write(request);
  return promise;
}

/** The response, as soon as it is whole. */
function parse(received: string): Probe | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const [statusLine = "", ...lines] = received.slice(0, headEnd).split("\r\n");
  const fields = new Map(lines.map((line) => fieldOf(line)));
  const body = received.slice(headEnd + 4);
  const length = Number(fields.get("content-length"));
  const chunked = fields.get("transfer-encoding") === "chunked";
  if (chunked ? !body.endsWith("\r\n0\r\n\r\n") : body.length < length) return undefined;
  return {
    status: Number(statusLine.split(" ")[1]),
    mediaType: (fields.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase(),
    content: chunked ? joined(body) : body,
    length: received.length,
    chunked,
  };
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

/** The content of a chunked body. */
function joined(body: string): string {
  let content = "";
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.slice(at, lineEnd), 16);
    if (!(size > 0)) return content;
    content += body.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}
