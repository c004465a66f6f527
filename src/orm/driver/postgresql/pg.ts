/** The part of the package `pg` that the driver uses. */
import { loadPeer } from "../network/load-peer.ts";

/** A connection that `pg` has opened: it logs in, reads messages and hands them to what was submitted. */
export interface PgClient {
  readonly connection: PgWire;
  connect(): Promise<unknown>;
  query(submitted: Submitted): unknown;
  end(): Promise<void>;
  on(event: "error" | "end", listener: (error?: Error) => void): this;
  on(event: "notification", listener: (message: Notification) => void): this;
}

export interface Notification {
  readonly channel: string;
  readonly payload?: string | undefined;
}

/** Writes the messages of the protocol (PostgreSQL §55.7). */
export interface PgWire {
  readonly stream: PgSocket;
  /** Has the messages of a socket read. */
  attachListeners: (stream: PgSocket) => void;
  parse(message: { readonly name: string; readonly text: string }): void;
  bind(message: { readonly portal: string; readonly statement: string; readonly values: BoundValue[] }): void;
  execute(message: { readonly portal: string; readonly rows: number }): void;
  close(message: { readonly type: "S" | "P"; readonly name: string }): void;
  sync(): void;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
  on(event: "readyForQuery", listener: (message: { readonly status: string }) => void): this;
}

export interface PgSocket {
  readonly writableNeedDrain: boolean;
  readonly destroyed: boolean;
  cork(): void;
  uncork(): void;
  destroy(error?: Error): void;
  once(event: "drain" | "close", listener: () => void): this;
  listeners(event: "data"): readonly ReadBytes[];
  on(event: "data", listener: ReadBytes): this;
  off(event: "drain" | "close", listener: () => void): this;
  off(event: "data", listener: ReadBytes): this;
}

export type ReadBytes = (this: PgSocket, bytes: Uint8Array) => void;

/** A value as it is sent: text, bytes, or NULL. */
export type BoundValue = string | Buffer | null;

/** What `pg` calls for each message, once it has been submitted: the interface of its cursors and COPY streams. */
export interface Submitted {
  submit(wire: PgWire): Error | null;
  handleRowDescription(): void;
  handleDataRow(message: { readonly fields: (string | null)[] }): void;
  handleCommandComplete(message: { readonly text: string }): void;
  handlePortalSuspended(): void;
  handleEmptyQuery(): void;
  handleCopyInResponse(wire: PgWire): void;
  handleCopyData(): void;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
}

/** What a client is made with. */
export interface PgClientConfig {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl: false | { rejectUnauthorized: boolean; ca?: string; checkServerIdentity?: () => undefined };
  readonly application_name: string;
  readonly options?: string;
  readonly keepAlive: boolean;
  readonly keepAliveInitialDelayMillis: number;
  readonly connectionTimeoutMillis: number;
  readonly enableChannelBinding: boolean;
}

export interface PgModule {
  readonly Client: new (config: PgClientConfig) => PgClient;
}

/** Loads `pg`. Throws `LMP_ORM_DRIVER_MISSING`. */
export function loadPg(): PgModule {
  return loadPeer({ name: "pg", since: "8.13", servers: "PostgreSQL" }) as PgModule;
}
