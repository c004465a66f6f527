/** LISTEN: one connection of its own for all channels, which comes back by itself when it breaks. */
import type { Dialect } from "../../dialects/dialect.ts";
import { ConnectionLost } from "../network/connection-lost.ts";
import { Reopening } from "../pool/reopening.ts";
import { PostgresqlConnection } from "./connection.ts";
import type { PostgresqlTarget } from "./open-connection.ts";
import type { Notification } from "./pg.ts";

type Receive = (payload: string) => void;

/** A connection that only listens would not notice that its server is gone. */
const checkEvery = 5_000;

export class Listener {
  readonly #target: PostgresqlTarget;
  readonly #dialect: Dialect;
  readonly #channels = new Map<string, Set<Receive>>();
  readonly #reopening = new Reopening();
  #connection: PostgresqlConnection | undefined;
  #opening: Promise<PostgresqlConnection> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(target: PostgresqlTarget, dialect: Dialect) {
    this.#target = target;
    this.#dialect = dialect;
  }

  /** Resolves when the server listens. What is notified while the connection is away is lost, as PostgreSQL keeps nothing. */
  async listen(channel: string, receive: Receive): Promise<() => Promise<void>> {
    const name = this.#dialect.quote(channel);
    const receivers = this.#channels.get(channel) ?? new Set();
    // A function of its own for each call, so that the same receiver may listen twice.
    const own: Receive = (payload) => receive(payload);
    const first = receivers.size === 0;
    this.#channels.set(channel, receivers.add(own));
    try {
      const connection = await this.#connected();
      if (first) await connection.script(`LISTEN ${name}`);
    } catch (error) {
      this.#forget(channel, own);
      throw error;
    }
    return async () => {
      const last = this.#forget(channel, own);
      if (this.#channels.size === 0) await this.#stop();
      else if (last) await this.#connection?.script(`UNLISTEN ${name}`).catch(() => {});
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#channels.clear();
    await this.#stop();
  }

  #forget(channel: string, receive: Receive): boolean {
    const receivers = this.#channels.get(channel);
    receivers?.delete(receive);
    if (receivers?.size !== 0) return false;
    this.#channels.delete(channel);
    return true;
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#timer);
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.end();
  }

  async #connected(): Promise<PostgresqlConnection> {
    if (this.#connection?.usable) return this.#connection;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<PostgresqlConnection> {
    const attempt = this.#reopening.begin(performance.now());
    try {
      const client = await this.#target.login();
      client.on("notification", (message) => this.#receive(message));
      const connection = new PostgresqlConnection(client, () => this.#lost(connection));
      const names = [...this.#channels.keys()].map((channel) => this.#dialect.quote(channel));
      await connection.script(names.map((name) => `LISTEN ${name}`).join(";"));
      if (this.#closed || this.#channels.size === 0) {
        await connection.end();
        throw new ConnectionLost("ECONNRESET", "The database was closed while it began to listen.");
      }
      this.#reopening.succeeded(attempt);
      this.#connection = connection;
      this.#later(checkEvery, () => this.#check(connection));
      return connection;
    } catch (error) {
      this.#reopening.failed(attempt, error, performance.now());
      throw error;
    }
  }

  #receive(message: Notification): void {
    for (const receive of this.#channels.get(message.channel) ?? []) {
      try {
        receive(message.payload ?? "");
      } catch (error) {
        const thrown = error instanceof Error ? error : new Error(String(error));
        process.emitWarning(thrown.message, { type: "ListenerWarning", detail: thrown.stack ?? "" });
      }
    }
  }

  #lost(connection: PostgresqlConnection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.#again();
  }

  #again(): void {
    if (this.#closed || this.#channels.size === 0) return;
    const pause = Math.max(50, this.#reopening.delay(performance.now()));
    this.#later(pause, () => void this.#connected().catch(() => this.#again()));
  }

  #check(connection: PostgresqlConnection): void {
    if (connection.running !== 0) connection.abandon(checkEvery);
    else void connection.ping().catch(() => {});
    if (connection === this.#connection) this.#later(checkEvery, () => this.#check(connection));
  }

  #later(delay: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, delay);
  }
}
