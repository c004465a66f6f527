/** A client's connection: requests in order, each with its response or with what happened instead. */
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type ReadResponse, ResponseReader } from "./response-reader.ts";

/** Where to dial, and from where. */
export interface Dial {
  readonly port: number;
  readonly from: string;
  readonly tls?: boolean | undefined;
}

/** A request that got no response, or a part of one. */
export interface Lost {
  readonly lost: true;
  /** Whether a response before it on the connection had said `Connection: close`. */
  readonly told: boolean;
  /** Whether a part of its response had come. */
  readonly partly: boolean;
  /** What the system said. */
  readonly code: string;
}

/** What became of a request. */
export type Outcome = ReadResponse | Lost;

/** A connection. */
export class Dialled {
  readonly socket: Socket;
  readonly #reader = new ResponseReader();
  readonly #waiting: ((outcome: Outcome) => void)[] = [];
  #told = false;
  #code = "end";

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (bytes: Buffer) => this.#receive(bytes));
    socket.on("error", (error: NodeJS.ErrnoException) => (this.#code = error.code ?? error.message));
    socket.on("close", () => this.#lose());
  }

  /** Rejects with the system's error where the connection is not taken. */
  static dial({ port, from, tls }: Dial): Promise<Dialled> {
    const where = { port, host: "127.0.0.1", localAddress: from, noDelay: true };
    const socket = tls
      ? connectTls({ ...where, servername: "localhost", rejectUnauthorized: false })
      : connectPlain(where);
    return new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("closed")));
      socket.once(tls ? "secureConnect" : "connect", () => {
        socket.removeAllListeners("error").removeAllListeners("close");
        resolve(new Dialled(socket));
      });
    });
  }

  /** Whether another request may be sent. */
  get open(): boolean {
    return !this.#told && this.socket.writable && !this.socket.readableEnded;
  }

  /** Sends a request and waits for its response. */
  request(bytes: string | Uint8Array): Promise<Outcome> {
    const outcome = this.outcome();
    this.socket.write(bytes);
    return outcome;
  }

  /** The outcome of the request that is being sent piece by piece. */
  outcome(): Promise<Outcome> {
    return new Promise((resolve) => {
      if (this.socket.destroyed) resolve({ lost: true, told: this.#told, partly: false, code: this.#code });
      else this.#waiting.push(resolve);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  #receive(bytes: Buffer): void {
    for (const response of this.#reader.push(bytes)) {
      this.#waiting.shift()?.(response);
      if (response.close) this.#told = true;
    }
  }

  #lose(): void {
    let partly = this.#reader.within;
    for (const resolve of this.#waiting.splice(0)) {
      resolve({ lost: true, told: this.#told, partly, code: this.#code });
      partly = false;
    }
  }
}
