/** `cors` (Fetch standard, "CORS protocol"). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorResponse, Request, Response } from "limpid/message";
import { appliedLater, type CorsOptions, compose, cors } from "limpid/middleware";

const origin = "https://app.example.com";
const options: CorsOptions = { origins: [origin, "http://localhost:5173"] };

async function ask(
  from: string | undefined,
  choice: CorsOptions = options,
  method = "GET",
): Promise<Response> {
  const headers: Record<string, string> = from === undefined ? {} : { Origin: from };
  return compose([cors(choice)], () => new Response("x"))(new Request("/", { method, headers }));
}
async function preflight(from: string, choice: CorsOptions = options): Promise<Response> {
  const headers = {
    Origin: from,
    "Access-Control-Request-Method": "PUT",
    "Access-Control-Request-Headers": "x-a",
  };
  return compose([cors(choice)], () => assert.fail("reached"))(
    new Request("/", { method: "OPTIONS", headers }),
  );
}
const fieldsOf = (response: Response): Record<string, string> =>
  Object.fromEntries(
    [...response.headers].filter(([name]) => name.startsWith("access-control") || name === "vary"),
  );

test("a page of a listed origin may read the response", async () => {
  assert.deepEqual(fieldsOf(await ask(origin)), { "access-control-allow-origin": origin, vary: "Origin" });
});

test("credentials and exposed fields are named where they are allowed", async () => {
  const fields = fieldsOf(
    await ask(origin, { ...options, credentials: true, exposeHeaders: ["X-Total", "Link"] }),
  );
  assert.deepEqual(fields, {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "X-Total, Link",
    vary: "Origin",
  });
});

test("a preflight is answered with 204 and never reaches the handler", async () => {
  const response = await preflight(origin);
  assert.equal(response.status, 204);
  assert.deepEqual(fieldsOf(response), {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": "Content-Type",
    "access-control-max-age": "600",
    vary: "Origin",
  });
});

test("methods, headers, maxAge and credentials of a preflight follow the options", async () => {
  const choice = {
    ...options,
    methods: ["GET", "PUT"],
    headers: ["X-A", "X-B"],
    maxAge: 0,
    credentials: true,
  };
  assert.deepEqual(fieldsOf(await preflight(origin, choice)), {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "GET, PUT",
    "access-control-allow-headers": "X-A, X-B",
    "access-control-max-age": "0",
    vary: "Origin",
  });
});

test("an OPTIONS request that is no preflight reaches the handler", async () => {
  const response = await ask(origin, options, "OPTIONS");
  assert.equal(await response.text(), "x");
});

test("any origin may read without credentials where origins is `*`", async () => {
  const any: CorsOptions = { origins: "*" };
  assert.equal((await ask("https://elsewhere.example", any)).headers.get("access-control-allow-origin"), "*");
  assert.equal((await ask("null", any)).headers.get("access-control-allow-origin"), "*");
  assert.equal((await ask(undefined, any)).headers.get("vary"), "Origin");
});

test("fields are on error responses too", async () => {
  const request = new Request("/", { headers: { Origin: origin } });
  const failing = compose([cors(options)], () => {
    throw new Error("broken");
  });
  assert.throws(() => failing(request));
  const response = errorResponse(new Error("broken"), request);
  for (const apply of appliedLater(request)) apply(response);
  assert.deepEqual(fieldsOf(response), { "access-control-allow-origin": origin, vary: "Origin" });
});

test("Vary of the response is kept and gets Origin once", async () => {
  const cases: [before: string, after: string][] = [
    ["Accept", "Accept, Origin"],
    ["Accept, origin", "Accept, origin"],
    ["*", "*"],
  ];
  for (const [before, after] of cases) {
    const run = compose([cors(options)], () => new Response("x", { headers: { Vary: before } }));
    assert.equal((await run(new Request("/"))).headers.get("vary"), after);
  }
});

/** Spellings that are near a listed origin and are not it. */
const variants = [
  ...[
    "null",
    "",
    "*",
    "https://good.evil",
    "https://evilapp.example.com",
    "https://app.example.com.evil.test",
  ],
  ...["https://app.example.com@evil.test", "https://user@app.example.com", "https://app.example.com:443"],
  ...[
    "https://app.example.com:8443",
    "http://app.example.com",
    "https://APP.example.com",
    "HTTPS://app.example.com",
  ],
  ...[
    "https://app.example.com/",
    "https://app.example.com.",
    " https://app.example.com/x",
    "https://app_example.com",
  ],
  ...["https://appxexample.com", "https://sub.app.example.com", "https://example.com", "app.example.com"],
  ...["https://app.example.com, https://evil.test", "https://app.example.com https://evil.test"],
  ...[
    "https://app.example.com%00.evil.test",
    "https://app.example.com\\.evil.test",
    "https://localhost:5173",
  ],
  ...[
    "http://localhost",
    "http://localhost:51730",
    "http://127.0.0.1:5173",
    "file://",
    "https://xn--app.example.com",
  ],
];
for (const variant of variants) {
  test(`CVE-2026-54290, CVE-2023-49803, GHSA-q7jf-gf43-6x6p: the origin ${JSON.stringify(variant)} gets nothing but Vary`, async () => {
    const choice = { ...options, credentials: true };
    for (const response of [await ask(variant, choice), await preflight(variant, choice)]) {
      assert.deepEqual(fieldsOf(response), { vary: "Origin" });
    }
  });
}

test("CVE-2026-54290: two Origin fields are none", async () => {
  const headers: [string, string][] = [
    ["Origin", origin],
    ["Origin", "https://evil.test"],
  ];
  const response = await compose([cors(options)], () => "x")(new Request("/", { headers }));
  assert.equal(response.headers.get("access-control-allow-origin"), null);
});

test("CVE-2026-54290: the Vary field of the request is ignored", async () => {
  const headers = { Origin: origin, Vary: "X-Evil", "Access-Control-Request-Method": "GET" };
  for (const method of ["GET", "OPTIONS"]) {
    const response = await compose([cors(options)], () => "x")(new Request("/", { method, headers }));
    assert.equal(response.headers.get("vary"), "Origin");
  }
});

const refused: [what: string, choice: CorsOptions][] = [
  ["`*` with credentials", { origins: "*", credentials: true }],
  ["null", { origins: ["null"] }],
  ["`*` in a list", { origins: ["*"] }],
  ["an empty list", { origins: [] }],
  ["a trailing slash", { origins: ["https://app.example.com/"] }],
  ["a path", { origins: ["https://app.example.com/x"] }],
  ["a default port", { origins: ["https://app.example.com:443"] }],
  ["capitals", { origins: ["https://App.example.com"] }],
  ["a wildcard host", { origins: ["https://*.example.com"] }],
  ["a bare host", { origins: ["app.example.com"] }],
  ["user information", { origins: ["https://a@app.example.com"] }],
  ["a pattern", { origins: [/example/ as unknown as string] }],
  ["a function", { origins: (() => true) as unknown as "*" }],
];
for (const [what, choice] of refused) {
  test(`CVE-2026-54290: ${what} is refused when the middleware is created`, () => {
    assert.throws(() => cors(choice), { code: "LMP_MIDDLEWARE_CORS_REFUSED" });
  });
}

test("origins of other schemes, as apps have them, can be listed", async () => {
  const app = "capacitor://localhost";
  assert.equal((await ask(app, { origins: [app] })).headers.get("access-control-allow-origin"), app);
});

test("names and ages that could not be sent are refused", () => {
  for (const wrong of [
    { methods: ["A B"] },
    { headers: ["X-A: b"] },
    { exposeHeaders: ["a\r\nb"] },
    { maxAge: -1 },
    { maxAge: 1.5 },
  ]) {
    assert.throws(() => cors({ ...options, ...wrong }), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
  }
});
