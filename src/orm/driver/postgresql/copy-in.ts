/** COPY … FROM STDIN: rows in text format (PostgreSQL, COPY, "Text Format"), no faster than the server takes them. */
import type { DriverValue } from "../../dialects/dialect.ts";
import { boundValue } from "./bound-values.ts";
import { Exchange } from "./exchange.ts";
import type { PgSocket, PgWire } from "./pg.ts";

/** Rows are gathered into pieces of about this many characters. */
const pieceLength = 64 * 1024;

export type CopiedRows = AsyncIterable<DriverValue[]> | Iterable<DriverValue[]>;

export class CopyExchange extends Exchange {
  readonly #sql: string;
  readonly #rows: CopiedRows;
  readonly #resolve: (rows: number) => void;
  readonly #reject: (reason: unknown) => void;
  /** What the rows themselves threw; it tells more than the server's "COPY failed". */
  #thrown: { readonly reason: unknown } | undefined;
  #settled = false;

  constructor(
    sql: string,
    rows: CopiedRows,
    resolve: (rows: number) => void,
    reject: (reason: unknown) => void,
  ) {
    super();
    this.#sql = sql;
    this.#rows = rows;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  protected override send(wire: PgWire): void {
    wire.query(this.#sql);
  }

  override handleCopyInResponse(wire: PgWire): void {
    void this.#pump(wire).catch((reason: unknown) => {
      this.#thrown = { reason };
      if (!this.#over) wire.sendCopyFail("the rows ended with an error");
    });
  }

  override settle(): void {
    this.#settled = true;
    if (this.#thrown !== undefined) this.#reject(this.#thrown.reason);
    else if (this.failure !== undefined) this.#reject(this.failure);
    else this.#resolve(Number(this.tag.slice(this.tag.lastIndexOf(" ") + 1)));
  }

  /** Whether the server wants no more: it refused a row, or is gone. */
  get #over(): boolean {
    return this.#settled || this.failure !== undefined;
  }

  async #pump(wire: PgWire): Promise<void> {
    let piece = "";
    for await (const row of this.#rows) {
      if (this.#over) return;
      piece += copyLine(row);
      if (piece.length < pieceLength) continue;
      wire.sendCopyFromChunk(Buffer.from(piece, "utf8"));
      piece = "";
      if (wire.stream.writableNeedDrain) await drained(wire.stream);
      // As long as the kernel takes all at once, nothing else would be read: the server's refusal, other sockets.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#over) return;
    if (piece !== "") wire.sendCopyFromChunk(Buffer.from(piece, "utf8"));
    wire.endCopyFrom();
  }
}

/** A row as a line. */
export function copyLine(row: readonly DriverValue[]): string {
  return `${row.map(copyField).join("\t")}\n`;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function copyField(value: DriverValue): string {
  const bound = boundValue(value);
  if (bound === null) return "\\N";
  if (typeof bound !== "string") return `\\\\x${bound.toString("hex")}`;
  return bound.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}

function drained(socket: PgSocket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done);
      socket.off("close", done);
      resolve();
    };
    socket.once("drain", done);
    socket.once("close", done);
    if (socket.destroyed) done();
  });
}
