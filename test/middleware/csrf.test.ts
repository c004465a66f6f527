/** `csrf`: the tokens, where they are read, and who passes without one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, csrf, HttpError, html, Request, Response } from "limpid";
import { createLogger } from "limpid/log";
import { type CsrfOptions, compose } from "limpid/middleware";

const secret = "0123456789abcdef0123456789abcdef";
type Page = { token: string; cookie: string };

/** A page with a form, as a client gets it. */
async function page(options: CsrfOptions = { secret }, headers: Record<string, string> = {}): Promise<Page> {
  const run = compose([csrf(options)], ({ csrfToken }) => csrfToken());
  const response = await run(new Request("https://shop.example/", { headers }));
  const set = response.headers.getSetCookie()[0] ?? "";
  return { token: await response.text(), cookie: headers.Cookie ?? set.split(";")[0]! };
}

/** What becomes of a POST: the status, and the code of the error. */
async function post(
  init: { headers?: Record<string, string>; body?: string | FormData | URLSearchParams; url?: string },
  options: CsrfOptions = { secret },
): Promise<string> {
  const { url = "https://shop.example/" } = init;
  const request = new Request(url, {
    method: "POST",
    headers: init.headers ?? {},
    body: init.body as string,
  });
  try {
    return String((await compose([csrf(options)], () => "done")(request)).status);
  } catch (error) {
    assert.ok(error instanceof HttpError);
    return `${error.status} ${error.code}`;
  }
}
const invalid = "403 LMP_MIDDLEWARE_CSRF_TOKEN_INVALID";
const foreign = "403 LMP_MIDDLEWARE_CSRF_CROSS_ORIGIN";

test("a page with a token gets a cookie that no other host can set, and is not shared by caches", async () => {
  const run = compose([csrf({ secret })], ({ csrfField }) => csrfField());
  const response = await run(new Request("https://shop.example/"));
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie!, /^__Host-csrf=[\w-]{22}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  assert.equal(response.headers.get("cache-control"), "private, no-cache");
  assert.match(await response.text(), /^<input type="hidden" name="_csrf" value="[\w-]{86}">$/);
  const again = await run(
    new Request("https://shop.example/", { headers: { Cookie: cookie!.split(";")[0]! } }),
  );
  assert.deepEqual(again.headers.getSetCookie(), []);
});

test("without TLS, as on a developer's machine, the cookie has a name that browsers take", async () => {
  const run = compose([csrf({ secret })], ({ csrfToken }) => csrfToken());
  const [cookie] = (await run(new Request("http://localhost:8000/"))).headers.getSetCookie();
  assert.match(cookie!, /^csrf=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/);
});

test("a page without a token gets neither", async () => {
  const response = await compose([csrf({ secret })], () => "Hello")(new Request("https://shop.example/"));
  assert.deepEqual([...response.headers], [["content-type", "text/plain; charset=utf-8"]]);
});

test("where nothing is asynchronous, no promise is made", () => {
  const run = compose([csrf({ secret })], () => "x");
  const headers = { "Sec-Fetch-Site": "same-origin" };
  assert.ok(run(new Request("/")) instanceof Response);
  assert.ok(run(new Request("/", { method: "POST", headers })) instanceof Response);
});

test("the token is taken from X-CSRF-Token and from the forms", async () => {
  const { token, cookie } = await page();
  const headers = { Cookie: cookie };
  const form = new FormData();
  form.set("_csrf", token);
  form.set("file", new File(["x"], "x.txt"));
  assert.equal(await post({ headers: { ...headers, "X-CSRF-Token": token } }), "200");
  assert.equal(await post({ headers, body: new URLSearchParams({ a: "1", _csrf: token }) }), "200");
  assert.equal(await post({ headers, body: form }), "200");
  assert.equal(await post({ headers, body: new URLSearchParams({ a: "1" }) }), invalid);
  assert.equal(await post({ headers, body: JSON.stringify({ _csrf: token }) }), invalid);
  assert.equal(await post({ headers: { ...headers, "X-CSRF-Token": "" } }), invalid);
  assert.equal(await post({ headers }), invalid);
});

test("the handler reads the form as if nobody had", async () => {
  const { token, cookie } = await page();
  const headers = { Cookie: cookie };
  const body = new URLSearchParams({ title: "Tides", _csrf: token });
  const read = async (how: (request: Request) => Promise<unknown>): Promise<string> => {
    const run = compose([csrf({ secret })], async (request) => String(await how(request)));
    return (await run(new Request("https://shop.example/", { method: "POST", headers, body }))).text();
  };
  assert.equal(await read(async (request) => (await request.form()).get("title")), "Tides");
  assert.equal(await read((request) => request.text()), String(body));
  assert.equal(await read(async (request) => Buffer.from(await request.bytes())), String(body));
});

test("a token is good for its cookie, its session and its key only, and for any number of times", async () => {
  const { token, cookie } = await page();
  const other = await page();
  const headers = (of: string, sent: string) => ({ headers: { Cookie: of, "X-CSRF-Token": sent } });
  assert.equal(await post(headers(cookie, token)), "200");
  assert.equal(await post(headers(cookie, token)), "200");
  assert.equal(await post(headers(other.cookie, token)), invalid);
  assert.equal(await post(headers("session=1", token)), invalid);
  assert.equal(await post(headers(`${cookie}; ${cookie}`, token)), invalid);
  assert.equal(await post(headers(`${cookie}; ${other.cookie}`, token)), invalid);
  assert.equal(await post(headers(cookie.replace("__Host-", ""), token)), invalid);
  assert.equal(await post(headers(cookie, token), { secret: "x".repeat(32) }), invalid);
  assert.equal(await post(headers(cookie, token), { secret: ["x".repeat(32), secret] }), "200");
  const session = (request: Request) => request.cookies.get("sid");
  const ada = await page({ secret, session }, { Cookie: `${cookie}; sid=ada` });
  assert.equal(await post(headers(`${cookie}; sid=ada`, ada.token), { secret, session }), "200");
  assert.equal(await post(headers(`${cookie}; sid=bob`, ada.token), { secret, session }), invalid);
  assert.equal(await post(headers(cookie, ada.token), { secret, session }), invalid);
});

test("class: BREACH on token: 1,000 tokens of one page have no piece in common, and all are good", async () => {
  const { cookie } = await page();
  const run = compose([csrf({ secret })], ({ csrfToken }) => Array.from({ length: 1000 }, csrfToken));
  const tokens = await (
    await run(new Request("https://shop.example/", { headers: { Cookie: cookie } }))
  ).json<string[]>();
  const heads = new Set(tokens.map((token) => token.slice(0, 8)));
  const tails = new Set(tokens.map((token) => token.slice(-8)));
  assert.ok(heads.size === 1000 && tails.size === 1000);
  for (const token of tokens) {
    assert.equal(await post({ headers: { Cookie: cookie, "X-CSRF-Token": token } }), "200");
  }
});

test("programs without credentials of a browser pass, with curl's fields and a token of their own", async () => {
  const curl = { "User-Agent": "curl/8", Accept: "*/*" };
  assert.equal(await post({ headers: curl, body: new URLSearchParams({ a: "1" }) }), "200");
  assert.equal(await post({ headers: { ...curl, Authorization: "Bearer abc" } }), "200");
  assert.equal(await post({ headers: { ...curl, Authorization: "Basic YTpi" } }), invalid);
  assert.equal(await post({ headers: { ...curl, Cookie: "sid=1" } }), invalid);
  assert.equal(await post({ headers: { ...curl, Cookie: "sid=1", Origin: "https://shop.example" } }), "200");
});

test("behind a trusted proxy the origin is the client's", async () => {
  const request = (): Request => {
    const made = new Request("http://10.0.0.7:8000/", {
      method: "POST",
      headers: { Origin: "https://shop.example", Cookie: "sid=1" },
    });
    made.forward({ protocol: "https", host: "shop.example" });
    return made;
  };
  const run = compose([csrf({ secret })], () => "done");
  assert.equal((await run(request())).status, 200);
  assert.equal(
    await post({ url: "http://10.0.0.7:8000/", headers: { Origin: "https://shop.example" } }),
    foreign,
  );
});

test("default ports are left out of origins, and hosts have no case", async () => {
  for (const [url, origin] of [
    ["https://shop.example:443/", "https://shop.example"],
    ["http://shop.example:80/", "http://shop.example"],
    ["https://SHOP.example/", "https://shop.example"],
    ["https://shop.example:8443/", "https://shop.example:8443"],
    ["http://[::1]:3000/", "http://[::1]:3000"],
  ] as const) {
    assert.equal(await post({ url, headers: { Origin: origin, Cookie: "sid=1" } }), "200", url);
  }
});

test("class: CSWSH: a handshake of a WebSocket from another page is refused", async () => {
  const shake = async (headers: Record<string, string>): Promise<number> => {
    const upgrade = { Upgrade: "websocket", Connection: "Upgrade", Cookie: "sid=1" };
    const request = new Request("https://shop.example/live", { headers: { ...upgrade, ...headers } });
    return Promise.resolve(request)
      .then(compose([csrf({ secret })], () => "reached"))
      .then(
        ({ status }) => status,
        (error) => error.status,
      );
  };
  assert.equal(await shake({ Origin: "https://shop.example" }), 200);
  assert.equal(await shake({ Origin: "https://evil.test" }), 403);
  assert.equal(await shake({ Origin: "https://evil.test", Upgrade: "h2c, WebSocket" }), 403);
  assert.equal(await shake({ "Sec-Fetch-Site": "cross-site", Origin: "https://evil.test" }), 403);
  assert.equal(await shake({}), 200);
});

test("a page that streams asks for the token first", async () => {
  const run = compose([csrf({ secret })], ({ csrfToken }) =>
    Response.stream(
      (async function* () {
        yield csrfToken();
      })(),
    ),
  );
  const response = await run(new Request("https://shop.example/"));
  await assert.rejects(response.text(), { code: "LMP_MIDDLEWARE_CSRF_LATE" });
});

test("the page that answers a refusal may have a form", async () => {
  const app = new App().use(csrf({ secret }));
  app.post("/", () => "done");
  app.onError(403, (_error, request) => {
    const { csrfField } = request as typeof request & { csrfField: () => unknown };
    return html`<form method="post">${csrfField() as never}</form>`;
  });
  const headers = { "Sec-Fetch-Site": "cross-site" };
  const response = await app.handle(new Request("https://shop.example/", { method: "POST", headers }));
  assert.match(response.headers.getSetCookie()[0]!, /^__Host-csrf=/);
  assert.match(await response.text(), /_csrf/);
});

test("options that could not work are refused, and no secret is shown", () => {
  const wrong: CsrfOptions[] = [
    { secret: "short secret" },
    { secret: [] },
    { secret: new Uint8Array(31) },
    { secret: [secret, "short secret"] },
    { origins: ["https://pay.example.com/"] },
    { origins: ["null"] },
    { origins: ["*"] },
    { origins: "https://pay.example.com" as unknown as string[] },
  ];
  for (const options of wrong) {
    assert.throws(
      () => csrf(options),
      (error: Error & { code: string; found: string }) =>
        error.code === "LMP_MIDDLEWARE_OPTION_INVALID" && !error.found.includes("secret"),
    );
  }
});

test("no warning where one process makes its own key", async () => {
  const lines: string[] = [];
  const log = createLogger({ format: "json", destination: { write: (line) => lines.push(line) } });
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  try {
    const request = new Request("https://shop.example/");
    request.log = log;
    await compose([csrf()], ({ csrfToken }) => csrfToken())(request);
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
  assert.deepEqual(lines, []);
});

test("formLimits bounds the form that is read for its token", async () => {
  const tokens: string[] = [];
  const page = new App().use(csrf({ formLimits: { fieldBytes: 200_000 } }));
  page.get("/", (request) => {
    tokens.push(request.csrfToken());
    return "page";
  });
  page.post("/", async (request) => String((await request.form()).get("text")?.length));
  const first = await page.handle(new Request("/"));
  const cookie = first.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const body = new FormData();
  body.append("_csrf", tokens[0] ?? "");
  body.append("text", "x".repeat(100_000));
  const response = await page.handle(new Request("/", { method: "POST", headers: { Cookie: cookie }, body }));
  assert.equal(`${response.status} ${await response.text()}`, "200 100000");
});
