import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { RequestParser } from "limpid/http";
import { TcpServer } from "limpid/tcp";

interface Message {
  start: string;
  fields: { name: string; value: string }[];
  content: string;
}

/** Finds the requests in bytes that come in pieces of any size. */
class TinyParser {
  /** What has come and is not part of a complete message. */
  #held = "";
  /** The head that waits for its content. */
  #head: Message | undefined;
  #length = 0;

  *push(bytes: Uint8Array): Generator<Message> {
    this.#held += Buffer.from(bytes).toString("latin1");
    while (this.#readHead() && this.#held.length >= this.#length) {
      yield { ...this.#head!, content: this.#take(this.#length) };
      this.#head = undefined;
    }
  }

  /** Whether the head is complete. */
  #readHead(): boolean {
    if (this.#head !== undefined) return true;
    const end = this.#held.indexOf("\r\n\r\n");
    if (end === -1) return false;
    const [start = "", ...lines] = this.#take(end + 4)
      .slice(0, -4)
      .split("\r\n");
    if (!/^[A-Z]+ \S+ HTTP\/1\.1$/.test(start)) throw new Error("This is no request line.");
    this.#head = { start, fields: lines.map(readField), content: "" };
    this.#length = lengthOf(this.#head);
    return true;
  }

  /** Removes the first characters from what is held, and returns them. */
  #take(count: number): string {
    const taken = this.#held.slice(0, count);
    this.#held = this.#held.slice(count);
    return taken;
  }
}

/** A name, directly behind it a colon, and a value without control characters. */
function readField(line: string): { name: string; value: string } {
  const field = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line);
  if (field === null) throw new Error(`${JSON.stringify(line)} is no field.`);
  return { name: field[1]!.toLowerCase(), value: field[2]! };
}

/** The length of the content, if it can be read in one way only. */
function lengthOf({ fields }: Message): number {
  if (fields.some(({ name }) => name === "transfer-encoding")) throw new Error("I read no chunks.");
  const lengths = fields.filter(({ name }) => name === "content-length");
  if (lengths.length > 1) throw new Error("There are two lengths.");
  const length = lengths[0]?.value ?? "0";
  if (!/^(0|[1-9][0-9]{0,14})$/.test(length)) throw new Error(`${JSON.stringify(length)} is no length.`);
  return Number(length);
}

const server = new TcpServer({ port: 0, host: "127.0.0.1" }, async (connection) => {
  const parser = new TinyParser();
  try {
    for await (const bytes of connection) {
      for (const { start, content } of parser.push(bytes)) connection.write(`  ${start} with "${content}"\n`);
    }
  } catch (error) {
    connection.write(`  refused: ${(error as Error).message}\n`);
  }
  connection.end();
});
await server.listen();

/** Sends the pieces one after another, and prints what the server says to them. */
async function send(title: string, pieces: Iterable<string>): Promise<void> {
  console.log(title);
  const socket = connect(server.port!, "127.0.0.1");
  const answer = socket.setEncoding("latin1").toArray();
  for (const piece of pieces) {
    socket.write(piece, "latin1");
    await setImmediate();
  }
  socket.end();
  process.stdout.write((await answer).join(""));
}

const start = "POST /cups HTTP/1.1\r\nHost: tea.example\r\n";
const request = `${start}Content-Length: 9\r\n\r\ngreen tea`;
const hidden = "GET /admin HTTP/1.1\r\nHost: tea.example\r\n\r\n";

await send("whole", [request]);
await send("letter by letter", request);
await send("two at once", [request + hidden]);
await send("two lengths", [`${start}Content-Length: 0\r\nContent-Length: 9\r\n\r\n${hidden}`]);
await send("a length and chunks", [
  `${start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
]);
await send("a space", [`${start}Content-Length : 9\r\n\r\n${hidden}`]);
await server.close();

console.log("Limpid, letter by letter");
const parser = new RequestParser();
let content = "";
for (const letter of request) {
  parser.push(Buffer.from(letter, "latin1"));
  for (let event = parser.next(); event !== undefined; event = parser.next()) {
    if (event.kind === "head") console.log(`  ${event.head.method} ${event.head.target}`);
    if (event.kind === "data") content += event.bytes;
    if (event.kind === "end") console.log(`  with "${content}"`);
  }
}
