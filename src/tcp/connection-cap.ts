/** Counts what a server holds, overall and per peer, and says when it is full. */
import { peerKey } from "./peer-address.ts";

/** Why a connection was not taken. */
export type RefusalReason = "connections" | "connections-per-address";

/** The count of one server. */
export class ConnectionCap {
  readonly #limit: number;
  readonly #limitPerPeer: number;
  readonly #peers = new Map<string, number>();
  #count = 0;

  constructor(limit: number, limitPerPeer: number) {
    this.#limit = limit;
    this.#limitPerPeer = limitPerPeer;
  }

  /** Why one more from this address would be too many; undefined where there is room. */
  refusal(address: string): RefusalReason | undefined {
    if (this.#count >= this.#limit) return "connections";
    // All peers of a unix socket are on this machine and have no address.
    if (address === "" || this.#limitPerPeer === Number.POSITIVE_INFINITY) return undefined;
    const held = this.#peers.get(peerKey(address)) ?? 0;
    return held >= this.#limitPerPeer ? "connections-per-address" : undefined;
  }

  /** Counts one more. */
  take(address: string): void {
    const key = peerKey(address);
    this.#count += 1;
    this.#peers.set(key, (this.#peers.get(key) ?? 0) + 1);
  }

  /** Counts one less. */
  leave(address: string): void {
    const key = peerKey(address);
    this.#count -= 1;
    const left = (this.#peers.get(key) ?? 1) - 1;
    if (left === 0) this.#peers.delete(key);
    else this.#peers.set(key, left);
  }
}
