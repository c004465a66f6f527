/**
 * CVE-2023-2142 and F-10: what an attacker sends is shown in a real browser as what it is, in every place that takes a
 * value, and nothing of it runs. There is no security policy here that would stop it.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Template } from "limpid/template";
import type { Page as Tab } from "playwright-core";
import { launch, skip } from "../../examples/browser.ts";
import { inspection, type Page, pageOf } from "./xss-page.ts";
import { type Place, places } from "./xss-places.ts";
import { nothing } from "./xss-readings.ts";
import { vectors } from "./xss-vectors.ts";

/** One page at a time on a server, in a browser; what was called or loaded and must not be is a hit. */
class Target {
  readonly hits: string[] = [];
  page: Page = { markup: "", expected: [], cases: [] };
  readonly #tab: Tab;
  readonly #url: string;

  constructor(tab: Tab, port: number) {
    this.#tab = tab;
    this.#url = `http://127.0.0.1:${port}/place/page`;
    tab.on("dialog", (dialog) => {
      this.hits.push(dialog.message());
      void dialog.dismiss();
    });
  }

  static async start(context: TestContext): Promise<Target> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      if (pathname === "/hit") target.hits.push(request.url ?? "");
      if (pathname === "/place/page") {
        response.setHeader("content-type", "text/html").end(target.page.markup);
      } else if (pathname === "/place/expected") {
        response.setHeader("content-type", "application/json").end(JSON.stringify(target.page.expected));
      } else response.writeHead(404).end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    context.after(() => server.close().closeAllConnections());
    const tab = await (await launch(context)).newPage();
    const target = new Target(tab, (server.address() as AddressInfo).port);
    return target;
  }

  /** Shows all values in one place, and tells each that is shown otherwise than it should be. */
  async show(place: Place): Promise<string[]> {
    this.page = pageOf(place, vectors);
    await this.#tab.goto(this.#url);
    const wrong: [number, string, string][] = await this.#tab.evaluate(inspection(place));
    return wrong.map(([index, found, expected]) => {
      const [value] = this.page.cases[index] ?? [];
      return `${JSON.stringify(value)}: ${found.slice(0, 300)} instead of ${expected.slice(0, 300)}`;
    });
  }
}

test("there are at least 2,000 values and 8 places", () => {
  assert.ok(vectors.length >= 2000, `${vectors.length} values`);
  assert.ok(places.length >= 100, `${places.length} places`);
});

test("nothing that an attacker sends runs, and all of it is shown", {
  skip,
  timeout: 180_000,
}, async (context) => {
  const target = await Target.start(context);
  for (const place of places) {
    await context.test(place.name, async () => {
      const wrong = await target.show(place);
      assert.deepEqual(wrong.slice(0, 5), []);
      assert.deepEqual(target.hits.splice(0), []);
    });
  }
  // For what takes its time.
  await setTimeout(500);
  assert.deepEqual(target.hits, []);
});

test("the same values run where nothing is escaped", { skip, timeout: 60_000 }, async (context) => {
  const target = await Target.start(context);
  const sources = [
    "<p>{{ v }}</p>",
    '<p title="{{ v }}">x</p>',
    "<p title='{{ v }}'>x</p>",
    "<p title={{ v }}>x</p>",
    '<a href="{{ v }}" target="sink">x</a>',
    "<script>'{{ v }}'</script>",
    "<script>{{ v }}</script>",
    '<button onclick="{{ v }}">x</button>',
    "<style>.case { color: {{ v }} }</style>",
    '<p style="color: {{ v }}">x</p>',
    "<p><!-- {{ v }} --></p>",
    "<title>{{ v }}</title>",
  ];
  const calls: (readonly [string, boolean])[] = [];
  for (const source of sources) {
    const template = new Template(source, { autoescape: false });
    const render = ([v]: readonly string[]): string => String(template.render({ v }));
    // A page that runs what an attacker sends may well leave.
    await target.show({ name: source, render, reading: nothing }).catch(() => {});
    await setTimeout(100);
    calls.push([source, target.hits.splice(0).length > 0]);
  }
  assert.deepEqual(
    calls.filter(([, hit]) => !hit),
    [],
  );
});
