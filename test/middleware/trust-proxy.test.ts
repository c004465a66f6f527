/** `trustProxy`: forwarded fields exist only where the peer is a listed proxy (THREATS L7). */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Request } from "limpid/message";
import { compose, trustProxy } from "limpid/middleware";

interface Client {
  ip: string;
  protocol: string;
  host: string;
}
const peer = "10.0.0.1";
const stranger = "198.51.100.9";
async function client(headers: Record<string, string>, ip = peer, trusted = ["10.0.0.0/8"]): Promise<Client> {
  const run = compose([trustProxy(trusted)], (request) => {
    const { protocol, host } = request;
    return { ip: request.ip, protocol, host };
  });
  const response = await run(new Request("/", { ip, headers: { Host: "inside", ...headers } }));
  return response.json<Client>();
}
const forwarded = {
  "X-Forwarded-For": "203.0.113.7",
  "X-Forwarded-Proto": "https",
  "X-Forwarded-Host": "shop.example",
};
const direct = { ip: stranger, protocol: "http", host: "inside" };

test("a listed proxy is believed: address, protocol and host come from one report", async () => {
  assert.deepEqual(await client(forwarded), { ip: "203.0.113.7", protocol: "https", host: "shop.example" });
});

test("the standard field is understood too (RFC 7239)", async () => {
  const field = { Forwarded: 'for="[2001:db8::7]:4711";proto=https;host=shop.example' };
  assert.deepEqual(await client(field), { ip: "2001:db8::7", protocol: "https", host: "shop.example" });
});

test("the list is walked from its end, past our own proxies and no further", async () => {
  const { ip } = await client({ "X-Forwarded-For": "6.6.6.6, 203.0.113.7, 10.9.9.9" });
  assert.equal(ip, "203.0.113.7");
});

const spellings: Record<string, string>[] = [
  forwarded,
  { Forwarded: "for=203.0.113.7;proto=https;host=shop.example" },
  { "X-Forwarded-For": "10.0.0.1", "X-Forwarded-Proto": "https" },
  { "X-Forwarded-Host": "shop.example" },
  { "X-Forwarded-Proto": "https" },
  { "X-Forwarded-Port": "443", "X-Forwarded-Ssl": "on", "X-Real-IP": "203.0.113.7", "Front-End-Https": "on" },
  { "X-Forwarded-For": "not an address", "X-Forwarded-Proto": "gopher" },
];
for (const headers of spellings) {
  test(`CVE-2026-3635, CVE-2026-16732: from an untrusted peer ${Object.keys(headers).join(", ")} change nothing`, async () => {
    assert.deepEqual(await client(headers, stranger), direct);
  });
}

test("CVE-2026-16732: whatever a client puts in front, it is never taken for a proxy's report", async () => {
  const entry = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom("10.0.0.1", "unknown", "", "::ffff:10.0.0.1", "a b"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 8 }), async (claims) => {
      const { ip } = await client({ "X-Forwarded-For": [...claims, "203.0.113.7"].join(", ") });
      assert.equal(ip, "203.0.113.7");
    }),
    { numRuns: 1000 },
  );
});

test("CVE-2026-16732: a number of hops is a type error and a coded error", () => {
  type TakesNumbers = number extends Parameters<typeof trustProxy>[0] ? true : false;
  const takesNumbers: TakesNumbers = false;
  assert.equal(takesNumbers, false);
  for (const addresses of [
    1,
    true,
    "10.0.0.0/8",
    [1],
    ["10.0.0.1/8"],
    ["10.0.0.0/33"],
    ["proxy.example"],
    [""],
  ]) {
    assert.throws(
      () => trustProxy(addresses as string[]),
      { code: "LMP_HTTP_ADDRESS_INVALID" },
      String(addresses),
    );
  }
});

test("class: header underscore, CVE-2025-64484: X_Forwarded_* is 400, from any peer", async () => {
  const names = [
    "X_Forwarded_For",
    "x_forwarded_proto",
    "X-Forwarded_For",
    "X_Forwarded-Host",
    "X_Real_IP",
    "X_FORWARDED_ANYTHING",
  ];
  for (const name of names) {
    for (const ip of [peer, stranger]) {
      await assert.rejects(client({ [name]: "203.0.113.7" }, ip), {
        status: 400,
        code: "LMP_MIDDLEWARE_FORWARDED_INVALID",
        found: name,
      });
    }
  }
  assert.equal((await client({ X_Other: "1", Content_Length: "5" })).ip, peer);
});

test("what a trusted proxy forwards malformed is 400", async () => {
  const wrong: Record<string, string>[] = [
    { "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "gopher" },
    { "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Host": "a/b" },
    { "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Host": "evil.com:fake@legit.com" },
    { Forwarded: 'for="unterminated' },
    { ...forwarded, Forwarded: "for=203.0.113.8" },
  ];
  for (const headers of wrong) {
    await assert.rejects(
      client(headers),
      { status: 400, code: "LMP_HTTP_FORWARDED_INVALID" },
      JSON.stringify(headers),
    );
  }
});

test("addresses are compared as addresses: IPv4 in IPv6 spelling, unix sockets", async () => {
  assert.equal((await client(forwarded, "::ffff:10.0.0.1")).ip, "203.0.113.7");
  assert.equal((await client(forwarded, "::1", ["loopback"])).ip, "203.0.113.7");
  assert.equal((await client(forwarded, "", ["unix"])).ip, "203.0.113.7");
  assert.equal((await client(forwarded, "::10.0.0.1")).protocol, "http");
});

test("CVE-2025-25200: 16 KiB of hostile fields take no longer than their length", async () => {
  const hostile = [",", " ", "\t", ", ", '"', "for=", ";", "a,", 'for="\\', "1.", ":", "::", "203.0.113.7, "];
  const cost = async (length: number): Promise<number> => {
    const begun = performance.now();
    for (const piece of hostile) {
      const value = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      for (const name of ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"]) {
        await client({ [name]: value }).catch(() => {});
      }
    }
    return performance.now() - begun;
  };
  await cost(16_384);
  // 52 requests; anything worse than linear takes minutes at this length.
  assert.ok((await cost(16_384)) < 2000);
});
