/**
 * Reads accepted sockets into one buffer that all of them share: no memory is allocated for what arrives, and the
 * machinery of streams stays out of the way. No other file knows how; where a runtime lacks what it takes, the
 * socket is left as it is and read by its `data` events.
 */
import { Socket, type SocketConstructorOpts } from "node:net";

/** Bytes of one read at most; what node:net takes as well. */
const READ_BYTES = 65_536;

const buffer = Buffer.allocUnsafeSlow(READ_BYTES);

/** Receives what was read. The bytes are overwritten by the next read of any socket. */
type Taker = (this: Socket, bytes: Uint8Array) => void;

const taker = Symbol("taker");

interface SharedSocket extends Socket {
  [taker]: Taker | undefined;
}

/** One for all sockets, which node:net calls with the socket as `this`. */
function onRead(this: SharedSocket | undefined, length: number): boolean {
  this?.[taker]?.(buffer.subarray(0, length));
  return true;
}

/** A runtime of another kind has another `node:net`, whose `onread` may hand over another buffer than it was given. */
const isNode = !("bun" in process.versions || "deno" in process.versions);

/**
 * A socket in place of `socket` that reads into the shared buffer, or `socket` itself where that cannot be. It must
 * have been accepted paused, and nobody may have read from it.
 *
 * `onread` is a documented option of sockets that connect. That it works for an accepted one rests on the option
 * `handle` and on the property `_handle`, which are not documented: each thing relied on is looked for first.
 */
export function sharingReads(socket: Socket): Socket {
  const owner = socket as { _handle?: unknown };
  const handle = owner._handle;
  if (!isNode || !canShare(handle)) return socket;
  owner._handle = null;
  // Paused, because nothing is read before there is somebody to take it.
  const options = { handle, pauseOnCreate: true, allowHalfOpen: true, onread: { buffer, callback: onRead } };
  return Object.assign(new Socket(options as SocketConstructorOpts), { [taker]: undefined });
}

function canShare(handle: unknown): handle is object {
  if (typeof handle !== "object" || handle === null) return false;
  return ["useUserBuffer", "readStart", "readStop"].every(
    (name) => typeof (handle as Record<string, unknown>)[name] === "function",
  );
}

/** Begins to hand what arrives to `take`, once for each read. */
export function startTaking(socket: Socket, take: Taker): void {
  if (taker in socket) (socket as SharedSocket)[taker] = take;
  else socket.on("data", take);
}

/** Ends what `startTaking` began. The caller pauses the socket. */
export function stopTaking(socket: Socket, take: Taker): void {
  if (taker in socket) (socket as SharedSocket)[taker] = undefined;
  else socket.off("data", take);
}
