/** The six fields that steer a connection are told from every name and value that differs in one octet. */
import { test } from "node:test";
import { accepts, refuses, requestOf } from "./feeding.ts";

/** `text` with the octet at `place` made another that is permitted in a token. */
function changedAt(text: string, place: number): string {
  return `${text.slice(0, place)}${text[place] === "x" ? "y" : "x"}${text.slice(place + 1)}`;
}

test("a name that differs from a control field's in one octet steers nothing", () => {
  for (const [name, value] of [
    ["Host", "b"],
    ["Expect", "something"],
    ["Content-Length", "5"],
    ["Transfer-Encoding", "chunked"],
    ["Connection", "close"],
  ] as const) {
    for (let place = 0; place < name.length; place++) {
      const line = `${changedAt(name, place)}: ${value}`;
      accepts(requestOf(line), { host: "a", framing: "none", keepAlive: true, headers: ["Host: a", line] });
    }
  }
  for (let place = 0; place < "Upgrade".length; place++) {
    accepts(requestOf("Connection: upgrade", `${changedAt("Upgrade", place)}: websocket`), {
      upgrade: false,
    });
  }
});

test("a value that differs from a known one in one octet is not that value", () => {
  for (let place = 0; place < "chunked".length; place++) {
    refuses(requestOf(`Transfer-Encoding: ${changedAt("chunked", place)}`), 501);
  }
  for (let place = 0; place < "100-continue".length; place++) {
    refuses(requestOf(`Expect: ${changedAt("100-continue", place)}`), 417);
  }
  for (let place = 0; place < "close".length; place++) {
    accepts(requestOf(`Connection: ${changedAt("close", place)}`), { keepAlive: true });
  }
  for (let place = 0; place < "upgrade".length; place++) {
    accepts(requestOf("Upgrade: a", `Connection: ${changedAt("upgrade", place)}`), { upgrade: false });
  }
  for (let place = 0; place < "keep-alive".length; place++) {
    const line = `Connection: ${changedAt("keep-alive", place)}`;
    accepts(`GET / HTTP/1.0\r\n${line}\r\n\r\n`, { keepAlive: false });
  }
});
