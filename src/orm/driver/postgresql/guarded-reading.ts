/** Ends a connection whose server breaks the grammar of the protocol, where `pg` alone would end the process. */
import { ConnectionLost } from "../network/connection-lost.ts";
import type { PgSocket } from "./pg.ts";

/** What `pg` throws while it reads a malformed message becomes the end of the connection. */
export function guardReading(stream: PgSocket): void {
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
