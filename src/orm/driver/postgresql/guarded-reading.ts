/** Ends a connection whose server breaks the grammar of the protocol, where `pg` alone would end the process. */
import { ConnectionLost } from "../network/connection-lost.ts";
import type { PgSocket, PgWire } from "./pg.ts";

/** To be called before the connection opens, so that the login is guarded too, whatever socket it goes over. */
export function guardReading(wire: PgWire): void {
  const attach = wire.attachListeners;
  wire.attachListeners = (stream) => {
    attach.call(wire, stream);
    guardListeners(stream);
  };
}

/** What `pg` throws while it reads a malformed message becomes the end of the connection. */
function guardListeners(stream: PgSocket): void {
  for (const read of stream.listeners("data")) {
    stream.off("data", read);
    stream.on("data", (bytes) => {
      try {
        read.call(stream, bytes);
      } catch (error) {
        const message = "The server sent a message that cannot be read.";
        stream.destroy(new ConnectionLost("ECONNRESET", message, error));
      }
    });
  }
}
