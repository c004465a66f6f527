/** What is compressed gives nothing away to another site's page, and private content is named by no tag. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Request, Response } from "limpid/message";
import { compose, compress, conditional } from "limpid/middleware";

const secret = "token=4f1c9a7e2b";
const run = compose([compress()], (request) => `${request.query.get("q")} ${secret} ${"page ".repeat(400)}`);

const site = fc.constantFrom(
  undefined,
  "same-origin",
  "none",
  "same-site",
  "cross-site",
  "Cross-Site",
  "",
  "x",
);
const credential = fc.constantFrom(
  {},
  { Cookie: "sid=1" },
  { Authorization: "Basic YTpi" },
  { Authorization: "basic YTpi" },
  { Authorization: "Negotiate abc" },
  { Authorization: "Bearer abc" },
);

test("class: BREACH: of 2,000 guesses from another site with the user's credentials, none is compressed", async () => {
  let guarded = 0;
  await fc.assert(
    fc.asyncProperty(
      site,
      credential,
      fc.constantFrom("https", "http"),
      fc.constantFrom("gzip", "br", "zstd", "gzip, deflate, br, zstd"),
      fc.string({ maxLength: 20 }),
      fc.constantFrom("GET", "POST"),
      async (from, credentials, protocol, accept, guess, method) => {
        const headers: Record<string, string> = { "Accept-Encoding": accept, ...credentials };
        if (from !== undefined) headers["Sec-Fetch-Site"] = from;
        const url = `${protocol}://shop.example/?q=${encodeURIComponent(`token=${guess}`)}`;
        const response = await run(new Request(url, { method, headers }));
        const isOwn =
          from === "same-origin" || from === "none" || (from === undefined && protocol === "http");
        const ambient = Object.entries(credentials).some(([, value]) => !value.startsWith("Bearer"));
        assert.equal(response.headers.has("content-encoding"), isOwn || !ambient, JSON.stringify(headers));
        assert.equal(response.headers.get("vary"), "Accept-Encoding");
        if (isOwn || !ambient) return;
        guarded++;
        const text = await response.text();
        assert.equal(text.length, `token=${guess} ${secret} `.length + 2000);
      },
    ),
    { numRuns: 2000 },
  );
  assert.ok(guarded > 300, `${guarded} were guarded`);
});

test("class: BREACH: no-transform keeps a page from being compressed, insecureCrossSite gives the guard up", async () => {
  const headers = { "Accept-Encoding": "br", Cookie: "sid=1", "Sec-Fetch-Site": "cross-site" };
  const request = (): Request => new Request("https://shop.example/", { headers });
  const open = compose([compress({ insecureCrossSite: true })], () => "x".repeat(2000));
  assert.equal((await open(request())).headers.get("content-encoding"), "br");
  const marked = compose(
    [compress({ insecureCrossSite: true })],
    () => new Response("x".repeat(2000), { headers: { "Cache-Control": "no-transform" } }),
  );
  assert.equal((await marked(request())).headers.get("content-encoding"), null);
});

const control = fc
  .array(
    fc.constantFrom(
      "private",
      "no-store",
      "no-cache",
      "public",
      "max-age=60",
      'private="x-a"',
      "Private",
      "NO-STORE",
    ),
    { maxLength: 3 },
  )
  .map((list) => list.join(", "));

test("class: ETag side channel: of 2,000 responses none that is private is named by a tag", async () => {
  let tagged = 0;
  await fc.assert(
    fc.asyncProperty(
      control,
      fc.boolean(),
      fc.constantFrom(undefined, "Cookie", "Accept, cookie", "*", "Accept"),
      fc.constantFrom(undefined, "Basic YTpi", "Bearer abc"),
      fc.string({ maxLength: 30 }),
      async (cacheControl, setsCookie, vary, authorization, content) => {
        const answer = compose([conditional()], () => {
          const response = new Response(content);
          if (cacheControl !== "") response.headers.set("Cache-Control", cacheControl);
          if (vary !== undefined) response.headers.set("Vary", vary);
          if (setsCookie) response.cookies.set("sid", "1");
          return response;
        });
        const headers = authorization === undefined ? {} : { Authorization: authorization };
        const { headers: fields } = await answer(new Request("/", { headers }));
        const isPrivate =
          /private|no-store/i.test(cacheControl) ||
          setsCookie ||
          /cookie|\*/i.test(vary ?? "") ||
          (authorization !== undefined && !cacheControl.includes("public"));
        assert.equal(fields.has("etag"), !isPrivate);
        if (!isPrivate) tagged++;
      },
    ),
    { numRuns: 2000 },
  );
  assert.ok(tagged > 50, `${tagged} had a tag`);
});
