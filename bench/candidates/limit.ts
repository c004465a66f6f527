/** Limit (a): `node:net` with `data` events, which answers without looking; what no server on them can be below. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { constantResponses } from "./constant-responses.ts";
import { ready } from "./ready.ts";

const ports: Record<string, number> = {};
for (const { scenario, requestLength, responses } of constantResponses) {
  const server = createServer({ noDelay: true }, (socket) => {
    let bytes = 0;
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      bytes += chunk.length;
      const count = (bytes / requestLength) | 0;
      bytes -= count * requestLength;
      if (count > 0) socket.write(responses[count]!);
    });
  });
  server.listen(0, "127.0.0.1", 4096);
  await once(server, "listening");
  ports[scenario] = (server.address() as AddressInfo).port;
}
ready(ports);
