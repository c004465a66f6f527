/** The rows of a running command in portions: the server's flow is held while a portion waits to be fetched. */
import type { DriverRow } from "../driver.ts";
import type { Mysql2Command } from "./mysql2.ts";

/** Holds and resumes the flow of a connection. */
export interface Flow {
  pause(): void;
  resume(): void;
}

export class RowStream {
  readonly #flow: Flow;
  readonly #size: number;
  #rows: DriverRow[] = [];
  #ended = false;
  #paused = false;
  #dropping = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(command: Mysql2Command, flow: Flow, size: number) {
    this.#flow = flow;
    this.#size = size;
    command.on("result", (row) => {
      if (!Array.isArray(row) || this.#dropping) return;
      this.#rows.push(row);
      if (this.#rows.length < size) return;
      this.#paused = true;
      flow.pause();
      this.#wake?.();
    });
    command.on("error", (error) => this.fail(error));
    command.on("end", () => this.#end());
  }

  /** The connection is gone. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#end();
  }

  /** The next portion; `undefined` at the end. */
  async next(): Promise<DriverRow[] | undefined> {
    this.#resume();
    while (this.#rows.length < this.#size && !this.#ended) await this.#more();
    if (this.#failure !== undefined) throw this.#failure;
    return this.#rows.length > 0 ? this.#rows.splice(0, this.#size) : undefined;
  }

  /** Lets the rest of the rows pass by, so that the connection can be used again. */
  async drop(): Promise<void> {
    this.#dropping = true;
    this.#rows = [];
    this.#resume();
    while (!this.#ended) await this.#more();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Packets that had been read before the pause are handed over within the call, and may pause again. */
  #resume(): void {
    if (!this.#paused || this.#rows.length >= this.#size) return;
    this.#paused = false;
    this.#flow.resume();
  }

  #end(): void {
    this.#ended = true;
    this.#wake?.();
  }
}
