/** The floor: node:net or node:tls alone, which answers every piece it reads with the same bytes. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { certFile, keyFile } from "../apparatus/fixtures.ts";
import { collectGarbage, perform } from "../apparatus/tasks.ts";

const reply = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
let open = 0;

function serve(socket: Socket): void {
  open++;
  socket.on("data", answer).on("close", left).on("error", ignore);
}

function answer(this: Socket): void {
  this.write(reply);
}

function left(): void {
  open--;
}

function ignore(): void {}

perform({
  async listen({ tls }: { tls?: "server" }): Promise<number> {
    const material = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
    const server = tls === undefined ? createServer(serve) : createTlsServer(material, serve);
    server.listen(0, "127.0.0.1", 511);
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  },
  connections: () => open,
  heapBytes: () => process.memoryUsage().heapUsed,
  collectGarbage,
});
