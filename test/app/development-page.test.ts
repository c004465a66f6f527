/** The page of development says the status and the fields that production would say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, createLogger, HttpError, Request } from "limpid";

const init = { headers: { Accept: "text/html" } };

test("an error with a status of its own keeps it, and its fields", async () => {
  const app = new App({ log: createLogger({ level: "silent" }), development: true });
  app.get("/", () => {
    throw new HttpError(503, "The kitchen is closed.", { headers: { "Retry-After": "60" } });
  });
  const response = await app.handle(new Request("/", init));
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "60");
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  assert.match(await response.text(), /The kitchen is closed\./);
});
