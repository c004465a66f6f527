import { MultipartParser, type PartHead } from "limpid/forms";
import { type Request, Response } from "limpid/message";
import { Server } from "limpid/server";

/** What a form says: a line for each field, and one for each file. */
type Lines = string[];

const fieldLine = (name: string, value: string): string => `${name}: ${value}`;
const fileLine = (name: string, filename: string, size: number): string =>
  `${name}: ${filename}, ${size} bytes`;

/** `tea=green&tea=black+%26+strong`, taken apart. */
function readUrlencoded(text: string): Lines {
  const decode = (part: string): string => decodeURIComponent(part.replaceAll("+", " "));
  return text.split("&").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return fieldLine(decode(name), decode(value.join("=")));
  });
}

/** Puts parts together from pieces of any size. */
class PartReader {
  readonly #parser: MultipartParser;
  readonly #lines: Lines = [];
  #head: PartHead | undefined;
  #content: Uint8Array[] = [];

  constructor(boundary: string) {
    this.#parser = new MultipartParser(boundary, { fileBytes: 100 });
  }

  push(piece: Uint8Array): void {
    this.#parser.push(piece);
    for (let event = this.#parser.next(); event !== undefined; event = this.#parser.next()) {
      if (event.kind === "part") {
        this.#head = event.head;
        this.#content = [];
      } else if (event.kind === "data") this.#content.push(event.bytes);
      else if (event.kind === "partEnd") this.#lines.push(this.#line(this.#head!));
    }
  }

  end(): Lines {
    this.#parser.finish();
    return this.#lines;
  }

  #line({ name, filename }: PartHead): string {
    const bytes = Buffer.concat(this.#content);
    return filename === undefined
      ? fieldLine(name, bytes.toString())
      : fileLine(name, filename, bytes.length);
  }
}

/** A form of either kind, read by hand. */
async function byHand(request: Request): Promise<Lines> {
  const type = request.mediaType;
  if (type?.essence !== "multipart/form-data") return readUrlencoded(await request.text());
  const reader = new PartReader(type.parameters.get("boundary") ?? "");
  for await (const piece of request.stream ?? []) reader.push(piece);
  return reader.end();
}

/** The same by Limpid. */
async function byLimpid(request: Request): Promise<Lines> {
  const form = await request.form({ limits: { fileBytes: 100 } });
  const files = Array.from(form.files, ({ name, filename, size }) => fileLine(name, filename, size));
  return [...Array.from(form, ([name, value]) => fieldLine(name, value)), ...files];
}

/** A multipart form as a browser writes it, with a file of this size. */
function multipart(size: number): string {
  return [
    "--leaf",
    'Content-Disposition: form-data; name="tea"',
    "",
    "green --leaf or not?",
    "--leaf",
    'Content-Disposition: form-data; name="picture"; filename="../../cup.png"',
    "Content-Type: image/png",
    "",
    "x".repeat(size),
    "--leaf--",
    "",
  ].join("\r\n");
}

const handle = async (request: Request): Promise<Response> => {
  const lines = await (request.path === "/by-hand" ? byHand(request) : byLimpid(request));
  return Response.json(lines);
};
const server = new Server({ handle }, { host: "127.0.0.1", port: 0 });
await server.listen();

const urlencoded = "application/x-www-form-urlencoded";
const forms = [
  { type: urlencoded, body: "tea=green&tea=black+%26+strong&milk=none" },
  { type: "multipart/form-data; boundary=leaf", body: multipart(42) },
  { type: "multipart/form-data; boundary=leaf", body: multipart(101) },
  { type: "multipart/form-data; boundary=leaf", body: multipart(42).slice(0, -20) },
];
for (const { type, body } of forms) {
  for (const path of ["/by-hand", "/limpid"]) {
    const response = await fetch(server.url + path, {
      method: "POST",
      body,
      headers: { "Content-Type": type },
    });
    const answer = (await response.json()) as string[] | { code: string };
    console.log(response.status, path, Array.isArray(answer) ? answer.join(" | ") : answer.code);
  }
}
await server.close();

const reader = new PartReader("leaf");
for (const byte of Buffer.from(multipart(42))) reader.push(Uint8Array.of(byte));
console.log("byte by byte", reader.end().join(" | "));
