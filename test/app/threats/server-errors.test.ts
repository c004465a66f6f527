/** What a client learns from an error of ours, whatever the error says: the status and the request's id. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { App, createLogger, Request } from "limpid";

let thrown: unknown;
const app = new App({ log: createLogger({ level: "silent" }), development: false });
app.get("/", () => {
  throw thrown;
});

const secrets = fc.constantFrom(
  "SELECT * FROM users WHERE password = 'hunter2'",
  "/srv/app/secrets/key.pem",
  "postgres://user:pw@db.internal:5432/app",
  process.cwd(),
  process.env.PATH ?? "PATH",
  "<script>alert(1)</script>",
  "ECONNREFUSED 10.0.0.7:6379",
);
const text = fc.tuple(fc.string(), secrets, fc.string()).map((parts) => parts.join(" "));
const error = fc.oneof(
  text.map((message) => new Error(message)),
  text.map((message) =>
    Object.assign(new TypeError(message), {
      status: 418,
      statusCode: 418,
      expose: true,
      headers: { "X-Leak": "1" },
    }),
  ),
  text.map((message) => new Error("outer", { cause: new Error(message) })),
  text.map((message) => new AggregateError([new Error(message)], message)),
  text.map((message) =>
    Object.assign(new Error(message), { toString: () => message, toJSON: () => message, stack: message }),
  ),
  text,
  text.map((message) => ({ message, status: 200, body: message })),
);

test("class: secrets in errors: 1,000 errors have one and the same body", async () => {
  const bodies = new Set<string>();
  await fc.assert(
    fc.asyncProperty(error, fc.constantFrom("application/json", "text/html"), async (value, accept) => {
      thrown = value;
      const request = new Request("/", { headers: { Accept: accept } });
      const response = await app.handle(request);
      assert.equal(response.status, 500);
      assert.equal(response.headers.get("x-leak"), null);
      const body = await response.text();
      assert.ok(body.includes(request.id), body);
      bodies.add(`${accept} ${body.replaceAll(request.id, "")}`);
    }),
    { numRuns: 1000 },
  );
  assert.equal(bodies.size, 2, [...bodies].slice(0, 4).join("\n"));
  for (const body of bodies) assert.doesNotMatch(body, /SELECT|srv|postgres|alert|ECONN|at \w+ \(/);
});
