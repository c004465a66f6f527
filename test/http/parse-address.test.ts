/** `parseAddress` and `addressKey`: one canonical form for every spelling of an IP address. */
import assert from "node:assert/strict";
import { isIP } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { addressKey, parseAddress } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

test("aliases of one address are one address", () => {
  const aliases = {
    "1.2.3.4": [
      "1.2.3.4",
      "::ffff:1.2.3.4",
      "::ffff:102:304",
      "::FFFF:0102:0304",
      "0:0:0:0:0:ffff:1.2.3.4",
      "0::ffff:1.2.3.4",
    ],
    "::1": ["::1", "0:0:0:0:0:0:0:1", "0000::0001", "::0.0.0.1", "0::1", "::0:1"],
    "::": ["::", "0::", "::0", "0:0:0:0:0:0:0:0", "::0.0.0.0"],
    "2001:db8::1": ["2001:db8::1", "2001:0DB8:0::0:1", "2001:db8:0:0:0:0:0.0.0.1"],
    "fe80::1": ["fe80::1", "FE80::1%eth0", "fe80:0::1%25"],
  };
  for (const [canonical, spellings] of Object.entries(aliases)) {
    for (const text of spellings) assert.deepEqual(parseAddress(text), parseAddress(canonical), text);
    assert.equal(parseAddress(canonical)?.text, canonical);
  }
});

test("RFC 5952 §4: the canonical text", () => {
  const texts = {
    "2001:db8:0:0:1:0:0:1": "2001:db8::1:0:0:1",
    "2001:0:0:1:0:0:0:1": "2001:0:0:1::1",
    "2001:db8:0:1:1:1:1:1": "2001:db8:0:1:1:1:1:1",
    "1:0:0:0:0:0:0:0": "1::",
    "64:ff9b::1.2.3.4": "64:ff9b::102:304",
    "ABCD:EF01:2345:6789:abcd:ef01:2345:6789": "abcd:ef01:2345:6789:abcd:ef01:2345:6789",
  };
  for (const [text, canonical] of Object.entries(texts)) assert.equal(parseAddress(text)?.text, canonical);
});

test("everything else is no address", () => {
  for (const text of [
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.4 ",
    "0x1.2.3.4",
    "1.2.3.-4",
    "1.2.3.٤",
    "16909060",
    "localhost",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "::12345",
    "::g",
    ":1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:",
    "::1.2.3",
    "::1.2.3.04",
    "1.2.3.4::",
    "::1.2.3.4:5",
    "[::1]",
    "::1%",
    "::1/64",
    "1.2.3.4%eth0",
    "1.2.3.4:80",
    "unknown",
    `::1%${"a".repeat(70)}`,
  ]) {
    assert.equal(parseAddress(text), undefined, JSON.stringify(text));
  }
});

test("limits count an IPv4 address, an IPv6 /64, and other text as it is", () => {
  assert.equal(addressKey("1.2.3.4"), "1.2.3.4");
  assert.equal(addressKey("::ffff:102:304"), "1.2.3.4");
  assert.equal(addressKey("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(addressKey("2001:db8:1:2::"), "2001:db8:1:2::/64");
  assert.equal(addressKey("::1"), "::/64");
  assert.equal(addressKey(parseAddress("2001:db8::1")!), "2001:db8::/64");
  assert.equal(addressKey("unix"), "unix");
});

const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });

test("property: every spelling of any groups has the same canonical text, which is its own", () => {
  fc.assert(
    fc.property(groups, fc.boolean(), fc.boolean(), fc.nat(7), fc.nat(8), (values, pad, upper, from, to) => {
      const hexadecimal = values.map((value) => value.toString(16).padStart(pad ? 4 : 1, "0"));
      const start = values.slice(from, to).length > 0 && values.slice(from, to).every((value) => value === 0);
      const text = start
        ? `${hexadecimal.slice(0, from).join(":")}::${hexadecimal.slice(to).join(":")}`
        : hexadecimal.join(":");
      const address = parseAddress(upper ? text.toUpperCase() : text);
      assert.deepEqual(address?.groups, values);
      assert.deepEqual(parseAddress(address!.text), address);
    }),
  );
});

test("property: an IPv4 address and its forms in IPv6 are equal", () => {
  fc.assert(
    fc.property(fc.ipV4(), (text) => {
      const [a, b, c, d] = text.split(".").map(Number) as [number, number, number, number];
      const hexadecimal = `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
      assert.equal(parseAddress(text)?.text, text);
      assert.deepEqual(parseAddress(`::ffff:${text}`), parseAddress(text));
      assert.deepEqual(parseAddress(hexadecimal), parseAddress(text));
    }),
  );
});

test("property: an address is what the platform takes for one", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.ipV6(), fc.ipV4(), hostileText(12), fc.stringMatching(/^[0-9a-f:.]{2,20}$/)),
      (text) => {
        if (text.includes("%")) return;
        assert.equal(parseAddress(text) !== undefined, isIP(text) !== 0, JSON.stringify(text));
      },
    ),
    { numRuns: 1000 },
  );
});
