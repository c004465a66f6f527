/** A `Host` that could be read in two ways reaches nothing, and no link is ever built from one. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { App, createLogger } from "limpid";
import { randomFrom } from "./spellings.ts";

const hosts: string[] = [];
const app = new App({ log: createLogger({ level: "silent" }) });
app.get("/posts/:id", { name: "post" }, ({ host }) => {
  hosts.push(host);
  return app.url("post", { id: 7 });
});
let port = 0;
before(async () => {
  port = (await app.listen({ host: "127.0.0.1", port: 0, overload: false })).address?.port ?? 0;
});
after(() => app.close({ grace: 0 }));

async function ask(head: string): Promise<{ status: number; body: string }> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.end(Buffer.from(`${head}\r\nConnection: close\r\n\r\n`, "latin1"));
  let text = "";
  for await (const bytes of socket) text += String(bytes);
  return { status: Number(text.slice(9, 12)), body: text.slice(text.indexOf("\r\n\r\n") + 4) };
}

const bases = ["legit.com", "legit.com:80", "127.0.0.1", "[::1]", "[::1]:8000"];
const pieces = [
  "@",
  ":",
  ":fake@",
  "/",
  "\\",
  "?",
  "#",
  ",",
  ", ",
  " ",
  "\t",
  ";",
  "%",
  "%zz",
  "[",
  "]",
  "evil.com:fake@",
  "u@",
  "u:p@",
  "//",
  "\x7f",
  "\x80",
  "é",
  "<",
  ">",
  '"',
  "{",
  "|",
  "^",
  "`",
  ":99999",
  ":-1",
  ":8o",
  "::1",
];

/** Whether it could be `uri-host [ ":" port ]` (RFC 3986 §3.2.2), by a plain reading that is not the one under test. */
function mayBeHost(text: string): boolean {
  const [, port] = /^(?:\[[0-9a-f:.]+\]|(?:[\w.~!$&'()*+;=-]|%[0-9a-f]{2})+)(?::(\d{0,5}))?$/i.exec(text) ?? [
    text,
  ];
  return port === undefined
    ? /^(?:\[[0-9a-f:.]+\]|(?:[\w.~!$&'()*+;=-]|%[0-9a-f]{2})+)$/i.test(text)
    : Number(port) <= 65_535;
}

test("CVE-2026-27959: 1,500 malformed hosts are 400 and reach no handler", async () => {
  const random = randomFrom(27_959);
  const seen = new Set<string>();
  while (seen.size < 1500) {
    let host = bases[random(bases.length)] ?? "";
    for (let left = 1 + random(2); left > 0; left--) {
      const at = random(host.length + 1);
      host = host.slice(0, at) + (pieces[random(pieces.length)] ?? "") + host.slice(at);
    }
    host = host.replace(/^[ \t]+|[ \t]+$/g, "");
    if (seen.has(host) || mayBeHost(host)) continue;
    seen.add(host);
    const { status } = await ask(`GET /posts/7 HTTP/1.1\r\nHost: ${host}`);
    assert.equal(status, 400, JSON.stringify(host));
  }
  assert.deepEqual(hosts, []);
});

test("CVE-2026-27959: a host that is well-formed and evil is in no link", async () => {
  for (const host of ["evil.test", "evil.test:1", "legit.com.evil.test", "[::2]"]) {
    const { status, body } = await ask(
      `GET /posts/7 HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: evil.test`,
    );
    assert.deepEqual([status, body], [200, "/posts/7"]);
  }
  hosts.length = 0;
});
