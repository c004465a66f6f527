/** The process that is fuzzed: a real server whose application reads all content. It reports its port, its memory and its time. */
import { Response } from "limpid/message";
import { Server } from "limpid/server";

const application = {
  handle: async (request: { bytes(): Promise<Uint8Array> }) =>
    new Response(String((await request.bytes()).length)),
};
// What is shed has not been tried.
const options = { host: "127.0.0.1", maxConnectionsPerAddress: 10_000, overload: false } as const;
const server = new Server(application, options);

await server.listen();
process.send?.({ port: server.address?.port });

process.on("message", (question) => {
  if (question === "cpu") {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: (user + system) / 1000 });
    return;
  }
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heap: heapUsed });
});
process.on("disconnect", () => process.exit());
