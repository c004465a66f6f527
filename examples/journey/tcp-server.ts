import { connect } from "node:net";
import { TcpServer } from "limpid/tcp";

const server = new TcpServer({ port: 0 }, (connection) => connection.end("Hello from server!\n"));
await server.listen();
console.log(server.address);
for await (const bytes of connect(server.port)) console.log(String(bytes)); // Hello from server!
const t = performance.now();
await server.close({ grace: 10_000 });
console.log(performance.now() - t);
const echo = new TcpServer({ host: "127.0.0.1" }, async (c) => {
  for await (const b of c) if (!c.write(b)) await c.drained();
  c.end();
});
await echo.listen();
const cl = connect({ port: echo.port, host: "127.0.0.1" });
cl.end("Hello?");
for await (const bytes of cl) console.log(String(bytes));
await echo.close();
