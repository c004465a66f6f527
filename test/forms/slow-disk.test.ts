/** An upload that the client sends faster than the application can store it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { App, createLogger } from "limpid";

test("R-13: whoever still reads the content does not run into the timeout of the handler", async (t) => {
  const app = new App({ log: createLogger({ level: "silent" }) });
  app.post("/", { bodyLimit: 1e9 }, async (request) => {
    let size = 0;
    const begun = performance.now();
    for await (const part of request.parts()) {
      for await (const bytes of part) {
        size += bytes.length;
        // More is there already whenever it asks again.
        if (performance.now() - begun < 2500) await sleep(100);
      }
    }
    return `${size}`;
  });
  const server = await app.listen({ port: 0, host: "127.0.0.1", handlerTimeout: 1000 });
  t.after(() => app.close({ grace: 100 }));
  const body = new FormData();
  body.append("f", new File([new Uint8Array(8_000_000)], "f"));
  const response = await fetch(server.url, { method: "POST", body });
  assert.equal(`${response.status} ${await response.text()}`, "200 8000000");
});
