/** `AddressList`: addresses, blocks and names as one set. */
import assert from "node:assert/strict";
import { BlockList } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { LimpidError } from "limpid/errors";
import { AddressList } from "limpid/http";

function holds(entries: string[], inside: string[], outside: string[]): void {
  const list = new AddressList(entries);
  for (const ip of inside) assert.ok(list.contains(ip), `${ip} in ${entries}`);
  for (const ip of outside) assert.ok(!list.contains(ip), `${ip} not in ${entries}`);
}

test("single addresses", () => {
  holds(["1.2.3.4", "::1"], ["1.2.3.4", "::ffff:1.2.3.4", "0:0::1"], ["1.2.3.5", "::", "::2", "unix", ""]);
  holds([], [], ["1.2.3.4", "::1", "unix"]);
});

test("blocks, with prefixes between the bytes too", () => {
  holds(["10.0.0.0/8"], ["10.0.0.0", "10.255.255.255", "::ffff:a00:1"], ["9.255.255.255", "11.0.0.0"]);
  holds(["172.16.0.0/12"], ["172.16.0.1", "172.31.255.255"], ["172.15.0.1", "172.32.0.0"]);
  holds(["192.168.1.4/30"], ["192.168.1.4", "192.168.1.7"], ["192.168.1.3", "192.168.1.8"]);
  holds(["2001:db8::/33"], ["2001:db8:7fff::1"], ["2001:db8:8000::1", "2001:db9::"]);
  holds(["1.2.3.4/32", "::1/128"], ["1.2.3.4", "::1"], ["1.2.3.5", "::"]);
});

test("everything of one version, and nothing of the other", () => {
  holds(["0.0.0.0/0"], ["1.2.3.4", "::ffff:1.2.3.4"], ["::1", "2001:db8::1"]);
  holds(["::/0"], ["::1", "2001:db8::1"], ["1.2.3.4", "::ffff:1.2.3.4"]);
  holds(["::ffff:0:0/96"], ["1.2.3.4", "::ffff:1.2.3.4"], ["::1"]);
  holds(["::ffff:10.0.0.0/104"], ["10.1.2.3"], ["11.0.0.0"]);
});

test("names", () => {
  holds(
    ["loopback"],
    ["127.0.0.1", "127.255.0.1", "::1", "::ffff:127.0.0.1"],
    ["128.0.0.1", "::2", "10.0.0.1"],
  );
  holds(["link-local"], ["169.254.1.1", "fe80::1%eth0", "febf::1"], ["169.255.0.1", "fec0::1"]);
  holds(
    ["private"],
    ["10.0.0.1", "172.20.0.1", "192.168.0.1", "fd00::1"],
    ["127.0.0.1", "8.8.8.8", "fe00::1"],
  );
  holds(["unix"], ["unix", "", "/run/app.sock"], ["127.0.0.1"]);
});

test("CVE-2026-16732: a number of hops is refused", () => {
  for (const entries of [
    1,
    [1],
    true,
    [true],
    "10.0.0.0/8",
    ["1"],
    [["10.0.0.0/8"]],
    null,
    undefined,
    [null],
  ]) {
    assert.throws(() => new AddressList(entries as string[]), refused, JSON.stringify(entries));
  }
});

test("an entry that is no address, block or name is refused", () => {
  for (const entry of [
    "",
    "localhost",
    "Loopback",
    "__proto__",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/08",
    "10.0.0.0/8/8",
    "10.0.0.0/255.0.0.0",
    "10.0.0.1/8",
    "10.0.0.*",
    "10.0.0.0 /8",
    "::/129",
    "2001:db8::1/64",
    "::ffff:10.0.0.0/8",
    "fe80::1%eth0",
    "[::1]",
  ]) {
    assert.throws(() => new AddressList([entry]), refused, entry);
  }
});

test("property: any block holds what the platform's BlockList holds", () => {
  const mask = (address: number[], bits: number) =>
    address.map((octet, index) => octet & (0xff << (8 - Math.min(Math.max(bits - index * 8, 0), 8))) & 0xff);
  const octets = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(octets, fc.nat(32), fc.nat(32), (address, bits, flipped) => {
      const base = mask(address, bits).join(".");
      // An address that differs from the block's in one bit lies on either side of its edge.
      const near = mask(address, bits)
        .map((octet, index) => octet ^ (flipped >> 3 === index ? 1 << (flipped & 7) : 0))
        .join(".");
      const platform = new BlockList();
      platform.addSubnet(base, bits);
      assert.equal(
        new AddressList([`${base}/${bits}`]).contains(near),
        platform.check(near),
        `${near} in ${base}/${bits}`,
      );
    }),
  );
});

function refused(error: unknown): boolean {
  return error instanceof LimpidError && error.code === "LMP_HTTP_ADDRESS_INVALID" && error.fix !== undefined;
}
