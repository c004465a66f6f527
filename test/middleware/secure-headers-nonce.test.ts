/** `secureHeaders` and pages with places for the nonce: the page and its policy agree, and no place is ever sent. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { Html, noncePlace, Request, Response } from "limpid/message";
import { compose, type Handler, type Middleware, secureHeaders } from "limpid/middleware";
import { type Answer, type Ask, nonceApplication, pagePaths, textPaths, waysTo } from "./nonce-pages.ts";

const secret = noncePlace.slice(' nonce="'.length, -1);
const element = fc.constantFrom("script", "style").map((name) => `<${name}${noncePlace}>x</${name}>`);
const text = fc.constantFrom(
  "<p>Tides &amp; ünï</p>",
  '<b nonce="">',
  ' nonce="',
  "<p>nonce</p>",
  `<p>${"x".repeat(200)}</p>`,
);
const markup = fc
  .array(fc.oneof(element, text), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(""));
const coding = fc.constantFrom("identity", "gzip", "br", "zstd");

const nonceOf = (response: Response): string =>
  /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")![1]!;

for (const secure of [true, false]) {
  describe(secure ? "with secureHeaders" : "without secureHeaders", () => {
    let page = "";
    const app = nonceApplication(() => page, secure);
    let ways: ReadonlyMap<string, Ask>;
    let close: () => Promise<void>;
    before(async () => {
      ({ ways, close } = await waysTo(app));
    });
    after(() => close());

    /** Asks every way for one page; whatever comes back must not hold the place. */
    const asked = async (
      path: string,
      method: "GET" | "HEAD",
      fields: Record<string, string>,
      see: (answer: Answer, way: string) => void,
    ): Promise<void> => {
      for (const [way, ask] of ways) {
        const answer = await ask(path, method, fields);
        assert.equal(answer.text.includes(secret), false, `${way} ${path}: the content has the place`);
        assert.equal(answer.fields.includes(secret), false, `${way} ${path}: a field has the place`);
        see(answer, `${way} ${path}`);
      }
    };

    for (const path of pagePaths) {
      test(`${path}: the page has the nonce of its policy, or none`, async () => {
        await fc.assert(
          fc.asyncProperty(markup, coding, async (random, accepted) => {
            page = random;
            await asked(path, "GET", { "Accept-Encoding": accepted }, ({ text, nonce }, way) => {
              assert.equal(nonce !== undefined, secure, way);
              const attribute = nonce === undefined ? "" : ` nonce="${nonce}"`;
              assert.equal(text, random.replaceAll(noncePlace, attribute), way);
            });
          }),
          { numRuns: 8 },
        );
      });
    }

    for (const path of textPaths) {
      test(`${path}: a page as text has no nonce`, async () => {
        page = `<script${noncePlace}></script>`;
        await asked(path, "GET", {}, ({ text }) => assert.match(text, /<script><\/script>/));
      });
    }

    test("HEAD and 304 tell nothing of the place", async () => {
      page = `<script${noncePlace}>${"x".repeat(100)}</script>`;
      for (const path of pagePaths) {
        await asked(path, "HEAD", { "Accept-Encoding": "gzip" }, ({ text }) => assert.equal(text, ""));
        const plain = { "Accept-Encoding": "identity" };
        const length = Buffer.byteLength(
          page.replaceAll(noncePlace, secure ? ` nonce="${"x".repeat(22)}"` : ""),
        );
        await asked(path, "HEAD", plain, ({ fields }, way) => {
          const told = /^content-length: (\d+)$/im.exec(fields)?.[1];
          if (!path.startsWith("/stream")) assert.equal(told, String(length), way);
        });
      }
      await asked("/tagged", "GET", { "If-None-Match": '"1"' }, ({ status, text }) => {
        assert.deepEqual([status, text], [304, ""]);
      });
    });
  });
}

describe("Html that is made once", () => {
  const page = Html.withNoncePlaces(`<script${noncePlace}>1</script>`);
  const run = compose([secureHeaders()], () => page);

  test("gets another nonce for each request", async () => {
    const seen = new Set<string>();
    for (let index = 0; index < 100; index++) {
      const response = await run(new Request("/"));
      const nonce = nonceOf(response);
      assert.equal(await response.text(), `<script nonce="${nonce}">1</script>`);
      seen.add(nonce);
    }
    assert.equal(seen.size, 100);
  });

  test("is not stored with a nonce", async () => {
    assert.equal((await run(new Request("/"))).headers.get("cache-control"), "private, no-store");
  });
});

describe("middleware", () => {
  const page = Html.withNoncePlaces(`<script${noncePlace}></script>`);
  const answers: Record<string, Handler> = {
    "Html at once": () => page,
    "promised Html": async () => page,
    "a Response at once": () => Response.html(page),
    "a promised Response": async () => Response.html(page),
  };
  for (const [what, answer] of Object.entries(answers)) {
    test(`sees the content as it will be sent, where the handler or another middleware gives ${what}`, async () => {
      for (const inner of [answer, (): string => "unused"]) {
        let seen: unknown;
        const look: Middleware = async (_request, next) => void ({ content: seen } = await next());
        const between: readonly Middleware[] = inner === answer ? [] : [answer];
        const response = await compose([secureHeaders(), look, ...between], inner)(new Request("/"));
        assert.equal(seen, `<script nonce="${nonceOf(response)}"></script>`);
        assert.equal(response.content, seen);
      }
    });
  }
});

test("an application that is a bare function gets the nonce put in too", async (t) => {
  const page = Html.withNoncePlaces(`<script${noncePlace}></script>`);
  const { ways, close } = await waysTo({
    handle(request) {
      request.nonce = "abc";
      return request.path === "/late" ? Promise.resolve(Response.html(page)) : Response.html(page);
    },
  });
  t.after(close);
  for (const [way, ask] of ways) {
    for (const path of ["/", "/late"]) {
      assert.equal((await ask(path, "GET", {})).text, '<script nonce="abc"></script>', way);
    }
  }
});

test("what does not know the place cannot make one", async () => {
  const hostile = `<b nonce="">${secret.replace(/./g, "0")}</b><b nonce="${"0".repeat(32)}">`;
  const run = compose([secureHeaders()], () =>
    Html.withNoncePlaces(`<style${noncePlace}></style>${hostile}`),
  );
  const text = await (await run(new Request("/"))).text();
  assert.ok(text.endsWith(`></style>${hostile}`));
  assert.match(text, /^<style nonce="[\w-]{22}">/);
});
