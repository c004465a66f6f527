import { Response } from "limpid/message";

interface Answer {
  status: number;
  fields: Record<string, string>;
  content: string;
}

const phrases: Record<number, string> = { 200: "OK", 204: "No Content", 404: "Not Found" };

/** Status line and fields, each line ended by CRLF, and the empty line behind them. */
function head(status: number, fields: Record<string, string>): string {
  const lines = Object.entries(fields).map(([name, value]) => field(name, value));
  return `HTTP/1.1 ${status} ${phrases[status] ?? ""}\r\n${lines.join("")}\r\n`;
}

/** One field line. What could end the line, or does not fit into a byte, is refused. */
function field(name: string, value: string): string {
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name.`);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) throw new Error(`${JSON.stringify(value)} is no value.`);
  return `${name}: ${value}\r\n`;
}

/** The bytes of a response whose content is known. */
function serialize({ status, fields, content }: Answer): Buffer {
  const body = Buffer.from(content);
  const framed = status === 204 ? fields : { ...fields, "Content-Length": String(body.length) };
  return Buffer.concat([Buffer.from(head(status, framed), "latin1"), body]);
}

/** The bytes of a response whose content comes piece by piece. */
function* serializeStream(fields: Record<string, string>, pieces: Iterable<string>): Generator<Buffer> {
  yield Buffer.from(head(200, { ...fields, "Transfer-Encoding": "chunked" }), "latin1");
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    // A chunk of size 0 would be the end.
    if (bytes.length > 0) yield Buffer.from(`${bytes.length.toString(16)}\r\n${piece}\r\n`);
  }
  yield Buffer.from("0\r\n\r\n");
}

const show = (bytes: Uint8Array): void => console.log(JSON.stringify(String(Buffer.from(bytes))));
const json = { "Content-Type": "application/json" };
const text = { "Content-Type": "text/plain; charset=utf-8" };

const ours = serialize({ status: 200, fields: json, content: '{"status": "success"}' });
show(ours);
show(serialize({ status: 200, fields: text, content: "Grüße" }));
show(serialize({ status: 204, fields: {}, content: "" }));
show(Buffer.concat([...serializeStream(text, ["Hello, ", "", "world"])]));

try {
  serialize({ status: 200, fields: { Location: "/\r\nSet-Cookie: admin=1" }, content: "" });
} catch (error) {
  console.log((error as Error).message);
}

const theirs = new Response('{"status": "success"}', {
  status: 200,
  headers: { "Content-Type": "application/json" },
}).serialize();
show(theirs);
console.log("The same bytes:", ours.equals(theirs));
