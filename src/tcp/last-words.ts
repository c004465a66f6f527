/** Sends a few bytes on a connection that was never taken, and closes it so that the peer can read them. */
import type { Socket } from "node:net";

/** How many refused connections may be told why at a time; the others are reset. */
const most = 256;

let speaking = 0;

/** Whether there is room to tell one more. */
export function maySpeak(): boolean {
  return speaking < most;
}

/** Sends, discards what arrives (unread bytes would turn the close into a reset), and is gone after `linger` ms. */
export function sayAndClose(socket: Socket, bytes: string | Uint8Array, linger: number): void {
  speaking += 1;
  const deadline = setTimeout(() => socket.destroy(), linger).unref();
  socket.once("close", () => {
    speaking -= 1;
    clearTimeout(deadline);
  });
  socket.resume();
  socket.end(bytes);
}
