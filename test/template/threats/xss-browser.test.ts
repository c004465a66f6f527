/**
 * CVE-2023-2142 and F-10: what an attacker sends is shown in a real browser as what it is, in every place that takes a
 * value, and nothing of it runs. No security policy helps here.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { before, type TestContext, test } from "node:test";
import { Template } from "limpid/template";
import type { Page as Tab } from "playwright-core";
import { launch, skip } from "../../examples/browser.ts";
import { inspection, type Page, pageOf } from "./xss-page.ts";
import { type Place, places } from "./xss-places.ts";
import { nothing } from "./xss-readings.ts";
import { vectors } from "./xss-vectors.ts";

/** A server for one page at a time, which notes what was loaded or called that must not be. */
class Target {
  readonly hits: string[] = [];
  page: Page = { markup: "", expected: [], cases: [] };
  url = "";

  async start(context: TestContext): Promise<void> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      if (pathname === "/hit") this.hits.push(request.url ?? "");
      const known = pathname === "/place/page" || pathname === "/place/expected";
      response.statusCode = known ? 200 : 404;
      response.setHeader("content-type", pathname.endsWith("page") ? "text/html" : "application/json");
      if (!known) response.end();
      else response.end(pathname.endsWith("page") ? this.page.markup : JSON.stringify(this.page.expected));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/place/page`;
    context.after(() => server.close().closeAllConnections());
  }
}

/** What a page shows that it should not, told with the value. */
async function wrongIn(tab: Tab, target: Target, place: Place): Promise<string[]> {
  target.page = pageOf(place, vectors);
  await tab.goto(target.url);
  const found: [number, string, string][] = await tab.evaluate(inspection(place.reading.read));
  return found.map(([index, value, expected]) => {
    const told = JSON.stringify(target.page.cases[index]?.slice(0, 1));
    return `${told.slice(0, 200)}: ${value.slice(0, 300)} instead of ${expected.slice(0, 300)}`;
  });
}

test("there are 2,000 values", () => {
  assert.ok(vectors.length >= 2000, `${vectors.length}`);
});

test("nothing that an attacker sends runs", { skip, timeout: 180_000 }, async (context) => {
  const target = new Target();
  await target.start(context);
  const tab = await (await launch(context)).newPage();
  const dialogs: string[] = [];
  tab.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  for (const place of places) {
    const t0 = Date.now();
    const wrong = await wrongIn(tab, target, place).catch((error) => [String(error)]);
    console.log(Date.now() - t0, wrong.length, target.hits.length, place.name);
    if (wrong.length > 0) console.log(wrong.slice(0, 3));
    if (target.hits.length) console.log(target.hits.splice(0).slice(0, 5));
  }
  assert.deepEqual(dialogs, []);
});
