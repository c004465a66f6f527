/** `forwardedFor`: the client behind trusted proxies, and nobody else's claim. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HttpError } from "limpid/errors";
import { AddressList, type ForwardedField, forwardedFor, Headers } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const proxies = new AddressList(["10.0.0.0/8", "2001:db8:ffff::/48"]);
const proxy = "10.0.0.1";

function client(peer: string, fields: Record<string, string | string[]>, field?: ForwardedField) {
  const { ip, protocol, host } = forwardedFor(peer, new Headers(fields), proxies, field);
  return { ip, protocol, host };
}

const only = (ip: string) => ({ ip, protocol: undefined, host: undefined });

test("CVE-2026-3635, CVE-2025-31137: from a peer that is not trusted no field is looked at", () => {
  const fields = {
    "X-Forwarded-For": "6.6.6.6",
    "X-Forwarded-Proto": "javascript",
    "X-Forwarded-Host": "evil, /",
    Forwarded: 'for="',
  };
  for (const peer of ["198.51.100.1", "::1", "11.0.0.1", "unix", ""])
    assert.deepEqual(client(peer, fields), only(peer));
  assert.deepEqual(client("::ffff:c633:6401", fields), only("198.51.100.1"));
});

test("without fields the peer is the client", () => {
  assert.deepEqual(client(proxy, {}), only(proxy));
});

test("X-Forwarded-For is walked from its end to the first address that is not trusted", () => {
  const ip = (value: string | string[]) => client(proxy, { "X-Forwarded-For": value }).ip;
  assert.equal(ip("203.0.113.7"), "203.0.113.7");
  assert.equal(ip("6.6.6.6, 203.0.113.7, 10.0.0.2"), "203.0.113.7");
  assert.equal(ip("10.9.9.9, 203.0.113.7"), "203.0.113.7", "a trusted address left of a stranger is a claim");
  assert.equal(ip("10.0.0.3, 10.0.0.2"), "10.0.0.3", "all are proxies: the furthest is the client");
  assert.equal(ip(["6.6.6.6", "203.0.113.7, 10.0.0.2"]), "203.0.113.7", "lines join in order");
  assert.equal(ip(" , 203.0.113.7 ,, "), "203.0.113.7", "empty elements do not count");
});

test("addresses may have ports and brackets, and become canonical", () => {
  const ip = (value: string) => client(proxy, { "X-Forwarded-For": value }).ip;
  assert.equal(ip("203.0.113.7:4711"), "203.0.113.7");
  assert.equal(ip("[2001:DB8::1]:4711"), "2001:db8::1");
  assert.equal(ip("[2001:db8::1]"), "2001:db8::1");
  assert.equal(ip("2001:db8::1"), "2001:db8::1");
  assert.equal(ip("::ffff:203.0.113.7"), "203.0.113.7");
  assert.equal(ip("8.8.8.8, ::ffff:10.0.0.2"), "8.8.8.8", "a proxy in another spelling is that proxy");
});

test("behind an address that cannot be read nothing can be verified", () => {
  for (const broken of [
    "unknown",
    "_hidden",
    "localhost",
    "1.2.3",
    "10.0.0.2:x",
    "[10.0.0.2",
    "10.0.0.2]",
    "[]",
    '"10.0.0.2"',
    "10.0.0.2:80:80",
  ]) {
    assert.equal(client(proxy, { "X-Forwarded-For": `6.6.6.6, ${broken}` }).ip, proxy, broken);
    assert.equal(client(proxy, { "X-Forwarded-For": `6.6.6.6, ${broken}, 10.0.0.2` }).ip, "10.0.0.2", broken);
  }
});

test("protocol and host come from the report that gave the address", () => {
  const fields = {
    "X-Forwarded-For": "6.6.6.6, 203.0.113.7, 10.0.0.2",
    "X-Forwarded-Proto": "ftp, HTTPS, http",
    "X-Forwarded-Host": "evil.example, shop.example:8443, inner",
  };
  assert.deepEqual(client(proxy, fields), {
    ip: "203.0.113.7",
    protocol: "https",
    host: "shop.example:8443",
  });
});

test("a proxy that writes over protocol and host leaves one value for the whole path", () => {
  const fields = {
    "X-Forwarded-For": "203.0.113.7, 10.0.0.2",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "a.example",
  };
  assert.deepEqual(client(proxy, fields), { ip: "203.0.113.7", protocol: "https", host: "a.example" });
  assert.deepEqual(client(proxy, { "X-Forwarded-Proto": "http, https" }), {
    ...only(proxy),
    protocol: "https",
  });
});

test("a malformed protocol or host of a trusted proxy is refused with 400", () => {
  for (const protocol of ["ws", "https:", "javascript", "http https", '"https"']) {
    assert.throws(
      () => client(proxy, { "X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": protocol }),
      refused,
      protocol,
    );
  }
  for (const host of [
    "a/b",
    "u@a",
    "a b",
    "a:99999",
    "a:b",
    "[::1",
    "a#b",
    "a?b",
    "evil.com:fake@legit.com",
  ]) {
    assert.throws(
      () => client(proxy, { "X-Forwarded-For": "8.8.8.8", "X-Forwarded-Host": host }),
      refused,
      host,
    );
  }
});

test("Forwarded is walked in the same way (RFC 7239)", () => {
  const forwarded = (value: string) => client(proxy, { Forwarded: value });
  assert.deepEqual(forwarded("for=203.0.113.7;proto=https;host=a.example;by=10.0.0.1"), {
    ip: "203.0.113.7",
    protocol: "https",
    host: "a.example",
  });
  assert.deepEqual(
    forwarded('for=6.6.6.6;proto=ftp, FOR="[2001:db8::1]:80" ; Proto=HTTPS, for=10.0.0.2;proto=http'),
    {
      ip: "2001:db8::1",
      protocol: "https",
      host: undefined,
    },
  );
  assert.equal(forwarded("for=6.6.6.6, for=unknown, for=10.0.0.2").ip, "10.0.0.2");
  assert.equal(forwarded('for=6.6.6.6, for="_hidden"').ip, proxy);
  assert.deepEqual(forwarded("for=6.6.6.6, proto=https"), { ...only(proxy), protocol: "https" });
  assert.equal(forwarded(", for=8.8.8.8 ,").ip, "8.8.8.8");
  assert.equal(forwarded('for=8.8.8.8;x="a, for=10.0.0.2; \\" "').ip, "8.8.8.8");
});

test("a malformed Forwarded of a trusted proxy is refused with 400, so that no quote swallows what was appended", () => {
  for (const value of [
    'for="6.6.6.6, for=203.0.113.7',
    'for=6.6.6.6;by=", for="[2001:db8::1]"',
    "for=203.0.113.7;for=6.6.6.6",
    "for",
    "for=",
    "for = 203.0.113.7",
    "for=203.0.113.7:80",
    "203.0.113.7",
    "for=203.0.113.7 for=6.6.6.6",
    'for="a"b',
  ]) {
    assert.throws(() => client(proxy, { Forwarded: value }), refused, value);
  }
});

test("both kinds of field at once are refused, unless the kind is named", () => {
  const fields = { Forwarded: "for=6.6.6.6", "X-Forwarded-For": "203.0.113.7" };
  assert.throws(() => client(proxy, fields), refused);
  assert.throws(() => client(proxy, { Forwarded: "for=6.6.6.6", "X-Forwarded-Host": "a" }), refused);
  assert.equal(client(proxy, fields, "x-forwarded").ip, "203.0.113.7");
  assert.equal(client(proxy, fields, "forwarded").ip, "6.6.6.6");
  assert.equal(client(proxy, { Forwarded: "for=6.6.6.6" }, "x-forwarded").ip, proxy);
  assert.equal(client(proxy, { "X-Forwarded-For": "6.6.6.6" }, "forwarded").ip, proxy);
});

test("a path of more than 100 proxies is refused", () => {
  const path = (count: number) => Array(count).fill("10.0.0.2").join(", ");
  assert.equal(client(proxy, { "X-Forwarded-For": path(100) }).ip, "10.0.0.2");
  assert.throws(() => client(proxy, { "X-Forwarded-For": `${path(100)}, 10.0.0.2` }), refused);
  assert.throws(() => client(proxy, { Forwarded: Array(101).fill("for=10.0.0.2").join(", ") }), refused);
});

test("a peer on a unix socket is trusted by name", () => {
  const headers = new Headers({ "X-Forwarded-For": "203.0.113.7" });
  assert.equal(forwardedFor("unix", headers, new AddressList(["unix"])).ip, "203.0.113.7");
  assert.equal(forwardedFor("unix", headers, new AddressList(["loopback"])).ip, "unix");
});

/** Who the client is, said in the plainest way: drop trusted addresses from the end, what remains last is it. */
function expectedClient(path: readonly string[]): string {
  const stranger = path.findLastIndex((ip) => !proxies.contains(ip));
  return path[Math.max(stranger, 0)]!;
}

const hop = fc.oneof(
  fc.nat(0xffff).map((low) => `10.0.${low >> 8}.${low & 255}`),
  fc.nat(255).map((low) => `203.0.113.${low}`),
  fc.nat(0xffff).map((low) => `2001:db8::${(low || 1).toString(16)}`),
);

test("property: no walk trusts a hop left of one that is not trusted, whatever a client puts in front", () => {
  fc.assert(
    fc.property(hostileText(20), fc.array(hop, { minLength: 1, maxLength: 8 }), (claim, path) => {
      const text = claim.replace(/[^\t\x20-\x7e]/g, "");
      const full = [...path, proxy];
      const honest = expectedClient(full);
      const common = client(proxy, { "X-Forwarded-For": path.join(", ") });
      assert.equal(common.ip, honest);
      if (proxies.contains(honest)) return;
      const forged = client(proxy, { "X-Forwarded-For": `${text}, ${path.join(", ")}` });
      assert.equal(forged.ip, honest);
      const elements = path.map((ip) => (ip.includes(":") ? `for="[${ip}]"` : `for=${ip}`)).join(", ");
      assert.equal(client(proxy, { Forwarded: elements }).ip, honest);
      try {
        assert.equal(client(proxy, { Forwarded: `${text}, ${elements}` }).ip, honest);
      } catch (error) {
        assert.ok(refused(error), String(error));
      }
    }),
    { numRuns: 1000 },
  );
});

function refused(error: unknown): boolean {
  return error instanceof HttpError && error.status === 400 && error.code === "LMP_HTTP_FORWARDED_INVALID";
}
