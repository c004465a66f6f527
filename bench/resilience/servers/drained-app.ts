/** The application that `limpid start` serves and SIGTERM ends: quick, slow, streamed and uploaded. */
import { setTimeout as sleep } from "node:timers/promises";
import { App } from "limpid";

const app = new App();
app.get("/", () => "hello");
app.get("/slow", async () => {
  await sleep(15);
  return "slow";
});
app.get("/stream", async function* () {
  for (let piece = 0; piece < 20; piece++) {
    yield `${"x".repeat(999)}\n`;
    await sleep(2);
  }
});
app.post("/upload", async (request) => String((await request.bytes()).length));

export default app;
