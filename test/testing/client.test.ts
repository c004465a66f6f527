/** The life of a test client: its base URL, its server, its end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TestClient } from "limpid/testing";
import { bothWays } from "./both-ways.ts";
import { SampleApplication } from "./sample-application.ts";

bothWays((connect) => {
  test("a closed client is of no use, and closing twice is harmless", async () => {
    const { client } = connect();
    assert.equal((await client.get("/")).status, 200);
    await client.close();
    await client.close();
    await assert.rejects(client.get("/"), { code: "LMP_TESTING_CLIENT_CLOSED" });
  });

  test("closing gives up what is under way, and the application learns of it", async () => {
    const { client, application } = connect();
    const waiting = assert.rejects(client.get("/waits"), { code: "LMP_TESTING_CONNECTION_FAILED" });
    const streamed = await client.get("/ticks");
    const reading = assert.rejects(streamed.text(), { code: "LMP_TESTING_RESPONSE_BROKEN" });
    await client.close();
    await Promise.all([waiting, reading]);
    assert.equal(((await application.aborted) as { code?: string }).code, "LMP_REQUEST_ABORTED");
  });

  test("a client that was never used can be closed", async () => {
    await connect().client.close();
  });

  test("two clients of one application are two browsers", async () => {
    const { client: ada, application } = connect();
    await using bob = new TestClient(application);
    await ada.get("/login");
    assert.equal(await (await ada.get("/account")).text(), "GET as s1");
    assert.equal(await (await bob.get("/account")).text(), "GET as nobody");
  });

  test("the base URL gives host and origin", async () => {
    const { client } = connect({ baseUrl: "http://shop.example.com:8080" });
    const { url } = await (await client.get("/echo")).json<{ url: string }>();
    assert.equal(url, "http://shop.example.com:8080/echo");
  });

  for (const baseUrl of [
    "localhost",
    "http://localhost/api",
    "ftp://localhost",
    "http://u:p@localhost",
    "",
  ]) {
    test(`${JSON.stringify(baseUrl)} is no base URL`, () => {
      assert.throws(() => connect({ baseUrl }), { code: "LMP_TESTING_BASE_URL_INVALID" });
    });
  }
});

test("in memory a request can come over https; over a socket the client says that it cannot", async () => {
  const application = new SampleApplication();
  await using client = new TestClient(application, { baseUrl: "https://example.com" });
  assert.equal((await (await client.get("/echo")).json<{ url: string }>()).url, "https://example.com/echo");
  assert.throws(() => new TestClient(application, { socket: true, baseUrl: "https://example.com" }), {
    code: "LMP_TESTING_BASE_URL_INVALID",
    fix: /https/,
  });
});
