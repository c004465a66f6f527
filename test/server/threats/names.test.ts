/** CVE-2026-21710: a name of a prototype is a name like any other, or refused; it never reaches a prototype. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { App } from "limpid";
import { Server } from "limpid/server";
import { Random } from "../../http/threats/random.ts";
import { plain } from "../../http/threats/row.ts";
import { converse } from "../raw-client.ts";

const names = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  "valueOf",
  "__defineGetter__",
];
const spellings = (name: string): string[] => [
  name,
  `${name}[${name}]`,
  `a[${name}][b]`,
  `${name}.polluted`,
  `constructor[prototype][${name}]`,
  encodeURIComponent(name).replace("_", "%5F"),
];

const app = new App();
app.post("/params/:name", async (request) => {
  const fields: Record<string, unknown> = {
    param: request.params.name,
    query: [...request.query].length,
    object: Object.keys(request.query.toObject()),
    cookies: [...request.cookies.keys()],
    headers: [...request.headers.keys()],
    own: request.headers.get("x-absent"),
  };
  const type = request.headers.get("content-type");
  if (type === "application/json") fields.body = await request.json();
  else if (type !== null) fields.body = (await request.form()).toObject();
  return fields;
});

const server = await new Server(app, { host: "127.0.0.1", overload: false }).listen();
after(() => server.close({ grace: 0 }));

/** What every object would inherit, if something had been written there. */
function prototypes(): string {
  const all = [
    Object.prototype,
    Array.prototype,
    Function.prototype,
    String.prototype,
    Map.prototype,
    Promise.prototype,
  ];
  return JSON.stringify(all.map((one) => Reflect.ownKeys(one).map(String)));
}

const clean = prototypes();

function jsonOf(random: Random, name: string): string {
  const inner = `{${JSON.stringify(name)}:{"polluted":true}}`;
  return random.pick([inner, `{"a":${inner}}`, `[${inner}]`, `{"a":{"constructor":${inner}}}`]);
}

test("CVE-2026-21710: in headers, cookies, query, form, JSON and path: 1,000 requests", async () => {
  const random = new Random("names");
  const pick = (): string => random.pick(spellings(random.pick(names)));
  const statuses = new Map<number, number>();
  for (let index = 0; index < 1000; index++) {
    const name = random.pick(names);
    const query = Array.from(
      { length: random.between(0, 3) },
      () => `${pick()}=${random.text(plain, 0, 4)}`,
    ).join("&");
    const isJson = random.oneIn(2);
    const body = isJson ? jsonOf(random, name) : `${pick()}=1&${pick()}=polluted`;
    const head = [
      `POST /params/${random.pick(names)}?${query} HTTP/1.1`,
      "Host: h",
      "Connection: close",
      `Content-Type: ${isJson ? "application/json" : "application/x-www-form-urlencoded"}`,
      `Content-Length: ${body.length}`,
      `Cookie: ${name}=1; ${random.pick(names)}=polluted`,
      `${name}: polluted`,
    ];
    const { responses } = await converse(server.address?.port ?? 0, `${head.join("\r\n")}\r\n\r\n${body}`);
    const status = responses[0]?.status ?? 0;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    assert.ok([200, 400].includes(status), `${status} for ${head.join(" | ")} | ${body}`);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  }
  assert.equal(prototypes(), clean);
  assert.ok((statuses.get(200) ?? 0) > 100 && (statuses.get(400) ?? 0) > 100, JSON.stringify([...statuses]));
});
