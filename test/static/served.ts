/** A folder with files, an application that serves it, and a client that says nothing but what it is told. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { App, type FilesOptions, files } from "limpid";

/** Content by path; `null` makes a directory. */
export type Contents = Readonly<Record<string, string | Uint8Array | null>>;

/** Long ago, so that no file counts as one that is being written. */
export const sample = new Date("2025-06-01T12:00:00.250Z");

/** Makes a folder that goes away with the test. */
export function folderOf(t: TestContext, contents: Contents): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "limpid-static-")));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(contents)) write(root, path, content);
  return root;
}

/** Writes a file, and dates it. */
export function write(
  root: string,
  path: string,
  content: string | Uint8Array | null,
  date: Date = sample,
): void {
  const place = join(root, path);
  mkdirSync(content === null ? place : dirname(place), { recursive: true });
  if (content === null) return;
  writeFileSync(place, content);
  utimesSync(place, date, date);
}

/** An answer, taken apart. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** Everything that was received. */
  readonly octets: number;
}

/** Sends one request as it is written, and gives what came until the end of the connection. */
export async function ask(
  port: number,
  target: string,
  fields: Readonly<Record<string, string>> = {},
  method: string = "GET",
): Promise<Answer> {
  const socket = connect(port, "127.0.0.1");
  const lines = Object.entries({ Host: "localhost", Connection: "close", ...fields });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.write(Buffer.from(`${method} ${target} HTTP/1.1\r\n${head}\r\n`, "utf8"));
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece as Buffer);
  return parse(Buffer.concat(pieces));
}

function parse(bytes: Buffer): Answer {
  const end = bytes.indexOf("\r\n\r\n");
  const [status = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(status.slice(9, 12)),
    fields: new Map(fields),
    body: bytes.subarray(end + 4),
    octets: bytes.length,
  };
}

/** A server of a test, and how to ask it. */
export interface Served {
  readonly port: number;
  ask(target: string, fields?: Readonly<Record<string, string>>, method?: string): Promise<Answer>;
}

/** Listens until the test ends. */
export async function listen(t: TestContext, app: App): Promise<Served> {
  const server = await app.listen({ host: "127.0.0.1", port: 0, overload: false });
  t.after(() => app.close({ grace: 0 }));
  const port = server.address?.port ?? 0;
  return { port, ask: (target, fields, method) => ask(port, target, fields, method) };
}

/** Serves a folder at `/static/*`. */
export function serveFolder(t: TestContext, root: string, options: FilesOptions = {}): Promise<Served> {
  const app = new App();
  app.get("/static/*", files(root, options));
  return listen(t, app);
}
