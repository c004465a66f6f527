/** Streams that hand out the same memory again and again, to those who promise to be through with it in time. */

/**
 * The method of a stream that lends its pieces: each is valid until the next one is asked for. Whoever calls it must
 * have sent or copied a piece by then. Memory that is used again is much cheaper than new memory for every piece. Who
 * does not know of it iterates as usual and gets pieces to keep.
 */
export const lentPieces: unique symbol = Symbol("limpid.message.lentPieces");

/** Content whose pieces can be borrowed. */
export interface LendsPieces {
  [lentPieces](): AsyncIterableIterator<Uint8Array>;
}
