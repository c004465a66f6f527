/** The truth table of `csrf`: every combination of what a browser may say, and thousands of near misses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { App, csrf, Request } from "limpid";

const secret = "k".repeat(32);
const own = "https://shop.example";
const trusted = "https://pay.example";
let reached = 0;

const app = new App().use(csrf({ secret, origins: [trusted] }));
const handler = (): string => {
  reached++;
  return "done";
};
app.get("/form", ({ csrfToken }) => csrfToken());
app.all("/things/:id", handler);
app.route("REPORT", "/things", {}, handler);

async function form(): Promise<{ token: string; cookie: string }> {
  const response = await app.handle(new Request(`${own}/form`));
  return { token: await response.text(), cookie: response.headers.getSetCookie()[0]!.split(";")[0]! };
}
const mine = await form();
const others = await form();

async function send(method: string, path: string, headers: Record<string, string>, body?: string) {
  const before = reached;
  const request = new Request(own + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: Buffer.from(body) }),
  });
  const { status } = await app.handle(request);
  assert.equal(reached - before, status === 200 ? 1 : 0, "refused before the handler");
  return status;
}

const sites = [undefined, "same-origin", "none", "same-site", "cross-site"] as const;
const origins = [undefined, own, trusted, "https://evil.test", "http://shop.example", "null"] as const;
const referers = [undefined, `${own}/form`, "https://evil.test/"] as const;
const tokens = ["none", "mine", "another's", "garbage"] as const;
const credentials = ["none", "cookie", "basic", "bearer"] as const;
const types = [
  undefined,
  "application/x-www-form-urlencoded",
  "Application/X-WWW-Form-Urlencoded",
  "multipart/form-data",
  "text/plain",
  "application/json",
  "",
  "nonsense",
] as const;

/** The table: the first line that fits decides. */
function expected(
  site: (typeof sites)[number],
  origin: (typeof origins)[number],
  credential: (typeof credentials)[number],
  token: (typeof tokens)[number],
): number {
  if (site === "same-origin" || site === "none") return 200;
  if (origin === trusted) return 200;
  if (site !== undefined) return 403;
  if (origin !== undefined) return origin === own ? 200 : 403;
  if (credential === "none" || credential === "bearer") return 200;
  return token === "mine" && credential === "cookie" ? 200 : 403;
}

test("CVE-2024-43787, CVE-2024-48913, GHSA-2234-fmw7-43wr, CVE-2026-22030, CVE-2024-56140, CVE-2023-29003: the truth table, 11,520 requests", async () => {
  let asked = 0;
  const methods = ["POST", "PUT", "PATCH", "DELETE"];
  for (const site of sites)
    for (const origin of origins)
      for (const referer of referers)
        for (const token of tokens)
          for (const credential of credentials) {
            const status = expected(site, origin, credential, token);
            for (const type of types) {
              const method = methods[asked % methods.length]!;
              const headers: Record<string, string> = {};
              if (site !== undefined) headers["Sec-Fetch-Site"] = site;
              if (origin !== undefined) headers.Origin = origin;
              if (referer !== undefined) headers.Referer = referer;
              if (type !== undefined) headers["Content-Type"] = type;
              if (token === "mine") headers["X-CSRF-Token"] = mine.token;
              if (token === "another's") headers["X-CSRF-Token"] = others.token;
              if (token === "garbage") headers["X-CSRF-Token"] = "x".repeat(86);
              if (credential === "cookie") headers.Cookie = `sid=1; ${mine.cookie}`;
              if (credential === "basic") headers.Authorization = "Basic YTpi";
              if (credential === "bearer") headers.Authorization = "Bearer abc";
              const body = type === undefined ? undefined : "a=1";
              const found = await send(method, "/things/1", headers, body);
              // Where the token is looked for in a form that is none, that is what is wrong.
              const malformed = found === 400 && status === 403 && type === "multipart/form-data";
              if (!malformed) assert.equal(found, status, JSON.stringify(headers));
              asked++;
            }
          }
  assert.equal(asked, 11_520);
});

test("CVE-2026-22030: every method that is not safe, and every route, is guarded", async () => {
  const headers = { "Sec-Fetch-Site": "cross-site", Cookie: "sid=1" };
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "QUERY", "LOCK", "post", "Get"]) {
    assert.equal((await app.handle(new Request(`${own}/things/1`, { method, headers }))).status, 403, method);
  }
  assert.equal((await app.handle(new Request(`${own}/things`, { method: "REPORT", headers }))).status, 403);
  assert.equal((await app.handle(new Request(`${own}/no-route`, { method: "POST", headers }))).status, 403);
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    const { status } = await app.handle(new Request(`${own}/form`, { method, headers }));
    assert.ok(status < 300, `${method} ${status}`);
  }
});

const piece = fc.constantFrom(
  ...["", ".", "-", "@", ":", ":443", ":80", "/", "\\", "%00", "%2e", "null", " ", ",", ", ", "evil"],
  ...[
    ".evil.test",
    "https://",
    "http://",
    "x",
    "?",
    "#",
    "A",
    "S",
    "\u00a0",
    "\t",
    ";",
    "\u00e9",
    own,
    trusted,
  ],
);
const mutated = (...from: string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...from),
      fc.array(fc.tuple(fc.nat(24), piece, fc.boolean()), { minLength: 1, maxLength: 3 }),
    )
    .map(([text, steps]) =>
      steps.reduce((now, [at, part, cut]) => now.slice(0, at) + part + now.slice(cut ? at + 1 : at), text),
    );
/** A field's value as it comes out of a message. */
const trimmed = (value: string): string => value.replace(/^[ \t]+|[ \t]+$/g, "");

test("CVE-2024-48913: 2,000 origins that resemble ours or a trusted one", async () => {
  await fc.assert(
    fc.asyncProperty(mutated(own, trusted), async (origin) => {
      const allowed = [own, trusted].includes(trimmed(origin));
      const headers = { Origin: origin, Cookie: `sid=1; ${mine.cookie}`, "X-CSRF-Token": mine.token };
      assert.equal(await send("POST", "/things/1", headers), allowed ? 200 : 403, JSON.stringify(origin));
    }),
    { numRuns: 2000 },
  );
});

test("CVE-2024-48913: 2,000 values of Sec-Fetch-Site that resemble a good one", async () => {
  await fc.assert(
    fc.asyncProperty(mutated("same-origin", "none", "same-site"), async (site) => {
      const allowed = ["same-origin", "none"].includes(trimmed(site));
      const headers = { "Sec-Fetch-Site": site, Cookie: mine.cookie, "X-CSRF-Token": mine.token };
      assert.equal(await send("POST", "/things/1", headers), allowed ? 200 : 403, JSON.stringify(site));
    }),
    { numRuns: 2000 },
  );
});

test("CVE-2024-43787: 1,000 spellings of the content type change nothing", async () => {
  const type = mutated("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain");
  await fc.assert(
    fc.asyncProperty(type, fc.boolean(), async (contentType, fromOther) => {
      const site = fromOther ? "cross-site" : "same-origin";
      const headers = { "Sec-Fetch-Site": site, "Content-Type": contentType, Cookie: "sid=1" };
      assert.equal(await send("POST", "/things/1", headers, "a=1"), fromOther ? 403 : 200);
      // Without either field the token decides, and there is none.
      const bare = { "Content-Type": contentType, Cookie: `sid=1; ${mine.cookie}` };
      assert.ok((await send("POST", "/things/1", bare, "a=1")) >= 400);
    }),
    { numRuns: 1000 },
  );
});

test("CVE-2023-27495: 2,000 tokens that resemble a good one, and tokens of others", async () => {
  const cookie = `sid=1; ${mine.cookie}`;
  const flipped = fc.tuple(fc.nat(85), fc.constantFrom(..."ABab01-_=+/. ")).map(([at, character]) => {
    return mine.token.slice(0, at) + character + mine.token.slice(at + 1);
  });
  const spliced = fc.nat(86).map((at) => mine.token.slice(0, at) + others.token.slice(at));
  const cut = fc.nat(85).map((at) => mine.token.slice(0, at));
  await fc.assert(
    fc.asyncProperty(fc.oneof(flipped, spliced, cut, mutated(mine.token, others.token)), async (token) => {
      const good = trimmed(token) === mine.token;
      const headers = { Cookie: cookie, "X-CSRF-Token": token };
      assert.equal(await send("POST", "/things/1", headers), good ? 200 : 403, JSON.stringify(token));
      const swapped = { Cookie: `sid=1; ${others.cookie}`, "X-CSRF-Token": mine.token };
      assert.equal(await send("POST", "/things/1", swapped), 403);
    }),
    { numRuns: 2000 },
  );
});
