/** A request that asks for another protocol opens no door: no switch, and no connection to anywhere. */
import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { connect } from "node:net";
import { test } from "node:test";
import { App, createLogger } from "limpid";
import { randomFrom } from "./spellings.ts";

const targets = [
  "/",
  "/chat",
  "/chat?x=http://evil.test",
  "//evil.test/chat",
  "http://evil.test/chat",
  "http://127.0.0.1:22/",
  "ws://evil.test/",
  "/http://evil.test/",
  "/../chat",
  "/_next/../chat",
  "evil.test:80",
];
const protocols = ["websocket", "WebSocket", "h2c", "TLS/1.0", "websocket, h2c", "echo", ""];
const connections = [
  "Upgrade",
  "upgrade, keep-alive",
  "Upgrade, HTTP2-Settings",
  "close",
  "Upgrade, X-Forwarded-For",
];
const hosts = ["h", "evil.test", "127.0.0.1:22", "169.254.169.254"];

test("CVE-2026-44578: 1,000 upgrades on routes that offer none: never 101, and nobody is called", async () => {
  const app = new App({ log: createLogger({ level: "silent" }) });
  app.get("/chat", () => "chat");
  const server = await app.listen({ host: "127.0.0.1", port: 0, overload: false });
  const port = server.address?.port ?? 0;
  let opened = 0;
  const count = (): void => void opened++;
  subscribe("net.client.socket", count);
  const random = randomFrom(44_578);
  const one = (all: readonly string[]): string => all[random(all.length)] ?? "";
  try {
    for (let n = 0; n < 1000; n++) {
      const target = one(targets);
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      const lines = [
        `GET ${target} HTTP/1.1`,
        `Host: ${one(hosts)}`,
        `Connection: ${one(connections)}`,
        `Upgrade: ${one(protocols)}`,
      ];
      socket.end(
        `${lines.join("\r\n")}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      );
      let text = "";
      for await (const bytes of socket) text += String(bytes);
      assert.ok(
        [200, 400, 404, 426, 501].includes(Number(text.slice(9, 12))),
        `${text.slice(0, 30)} for ${target}`,
      );
    }
  } finally {
    unsubscribe("net.client.socket", count);
    await app.close({ grace: 0 });
  }
  // Those of this test; the server has made none of its own.
  assert.equal(opened, 1000);
});
