/** The files of a form go away with their request, on every host, however the request ends. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { App, toNodeListener } from "limpid";
import type { FormFile } from "limpid/forms";

/** An application that keeps the uploads it has seen, and answers in the way the path names. */
function application(seen: FormFile[]): App {
  const app = new App();
  app.post("/:way", async (request) => {
    const form = await request.form();
    const file = form.files.get("file");
    assert.ok(file);
    seen.push(file);
    if (request.params.way === "throw") throw new Error("after the upload");
    if (request.params.way === "stream") {
      return (async function* () {
        yield "first ";
        yield (await file.text()).slice(0, 3);
      })();
    }
    return file.size.toString();
  });
  return app;
}

function upload(): FormData {
  const data = new FormData();
  data.append("file", new File(["abc".repeat(100_000)], "letters.txt"));
  return data;
}

async function isGone(file: FormFile): Promise<boolean> {
  for (let look = 0; look < 100; look++) {
    const read = file.text();
    if (
      await read.then(
        () => false,
        () => true,
      )
    )
      return true;
    await delay(20);
  }
  return false;
}

for (const [way, expected] of [
  ["plain", "300000"],
  ["stream", "first abc"],
  ["throw", undefined],
] as const) {
  test(`app.fetch, ${way}: the file is gone behind the answer`, async () => {
    const seen: FormFile[] = [];
    const app = application(seen);
    const response = await app.fetch(
      new Request(`http://localhost/${way}`, { method: "POST", body: upload() }),
    );
    const text = await response.text();
    if (expected !== undefined) assert.equal(text, expected);
    assert.ok(seen[0] && (await isGone(seen[0])));
  });

  test(`node:http, ${way}: the file is gone behind the answer`, async (t) => {
    const seen: FormFile[] = [];
    const server = createServer(toNodeListener(application(seen)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/${way}`, { method: "POST", body: upload() });
    const text = await response.text();
    if (expected !== undefined) assert.equal(text, expected);
    assert.ok(seen[0] && (await isGone(seen[0])));
    server.closeAllConnections();
  });
}
