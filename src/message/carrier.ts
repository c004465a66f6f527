/** What a request is made of: by hand, as for `fetch`, or by whoever carries it. */
import type { HeadersInit } from "../http/index.ts";
import type { BodyInit } from "./body-init.ts";
import type { ContentSource } from "./content.ts";

/** What whoever carries the request knows about the way it came. */
export interface Carrier {
  /** The peer's address. */
  readonly remoteAddress: string;
  /** Whether the connection to the peer is encrypted. */
  readonly encrypted: boolean;
  readonly content: ContentSource | null;
  /** Calls the listener once when nobody waits for the answer any more. */
  onAbort(listener: (reason: unknown) => void): void;
  /** Calls the listener once when the answer is over, or there will be none. A carrier that cannot tell has no such method. */
  onEnd?(listener: () => void): void;
}

/** How a request is made by hand, as for `fetch`. */
export interface RequestInit {
  /** Default `"GET"`. */
  method?: string | undefined;
  headers?: HeadersInit;
  body?: BodyInit | null | undefined;
  signal?: AbortSignal | undefined;
  /** The peer's address. Default `"127.0.0.1"`. */
  ip?: string | undefined;
}

/** What a trusted proxy says about the client it speaks for. */
export interface Origin {
  ip?: string | undefined;
  protocol?: "http" | "https" | undefined;
  host?: string | undefined;
}
