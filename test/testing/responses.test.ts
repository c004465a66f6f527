/** What a test client hands back: status, fields and content, the same in memory and over a socket. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Response } from "limpid/message";
import { bothWays } from "./both-ways.ts";

/** Everything that means something in a response; the order of different fields does not (RFC 9110 §5.3). */
async function view(response: Response): Promise<unknown> {
  const headers = [...response.headers.lines()]
    .filter(([name]) => name !== "Date")
    .map(String)
    .toSorted();
  const { status, statusText } = response;
  return { status, statusText, headers, date: response.headers.has("date"), text: await response.text() };
}

const views = new Map<string, unknown>();

bothWays((connect) => {
  for (const method of ["GET", "HEAD"]) {
    for (const path of [
      "/",
      "/empty",
      "/nothing",
      "/unchanged",
      "/fields",
      "/counted",
      "/cookies",
      "/missing",
      "/account",
    ]) {
      test(`${method} ${path} looks the same both ways`, async () => {
        const seen = await view(await connect().client.request(method, path));
        const key = `${method} ${path}`;
        if (views.has(key)) assert.deepEqual(seen, views.get(key));
        else views.set(key, seen);
      });
    }
  }

  test("status, reason and repeated fields arrive; those of the connection do not", async () => {
    const response = await connect().client.get("/fields");
    assert.equal(response.status, 418);
    assert.equal(response.statusText, "Short and stout");
    assert.deepEqual(response.headers.getAll("x-two"), ["a", "b"]);
    for (const name of ["connection", "keep-alive", "transfer-encoding"]) {
      assert.equal(response.headers.has(name), false, name);
    }
  });

  test("bytes and large content arrive whole", async () => {
    const { client } = connect();
    assert.deepEqual([...(await (await client.get("/bytes")).bytes())], [0, 255, 128]);
    assert.equal((await (await client.get("/large")).text()).length, 3_000_000);
  });

  test("HEAD has the fields of GET and no content", async () => {
    const response = await connect().client.head("/");
    assert.equal(response.headers.get("content-length"), "5");
    assert.equal(await response.text(), "");
  });

  test("an error of a bare application is a 500 that tells nothing", async () => {
    const response = await connect().client.get("/throws");
    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /secret/);
  });

  test("content that breaks off is an error when it is read", async () => {
    const response = await connect().client.get("/breaks");
    assert.equal(response.status, 200);
    await assert.rejects(response.text(), { code: "LMP_TESTING_RESPONSE_BROKEN" });
  });

  test("a stream is read piece by piece, and giving it up tells the application", async () => {
    const { client, application } = connect();
    const response = await client.get("/ticks");
    let text = "";
    assert.ok(response.body);
    for await (const piece of response.body) {
      text += new TextDecoder().decode(piece);
      if (text.includes("tick 3\n")) break;
    }
    assert.match(text, /^tick 1\ntick 2\ntick 3\n/);
    assert.equal(((await application.aborted) as { code?: string }).code, "LMP_REQUEST_ABORTED");
  });

  test("a signal gives the request up on both sides", async () => {
    const { client, application } = connect();
    const controller = new AbortController();
    const answer = client.get("/waits", { signal: controller.signal });
    setImmediate(() => setTimeout(() => controller.abort(), 50));
    await assert.rejects(answer, { name: "AbortError" });
    assert.equal(((await application.aborted) as { code?: string }).code, "LMP_REQUEST_ABORTED");
    await assert.rejects(client.get("/", { signal: controller.signal }), { name: "AbortError" });
  });

  test("responses nobody reads do not hold up the next request, nor the end", async () => {
    const { client } = connect();
    for (let count = 0; count < 5; count++) assert.equal((await client.get("/large")).status, 200);
    await client.get("/ticks");
    assert.equal((await client.get("/")).status, 200);
  });

  test("requests at the same time each get their own answer", async () => {
    const { client } = connect();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((json) => client.post("/json", { json })));
    assert.deepEqual(await Promise.all(answers.map((answer) => answer.json())), [1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
