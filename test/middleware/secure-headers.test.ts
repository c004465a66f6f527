/** `secureHeaders`: what THREATS 4.6 demands, on by default. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "limpid";
import { errorResponse, Request, Response } from "limpid/message";
import {
  appliedLater,
  compose,
  type Handler,
  type SecureHeadersOptions,
  secureHeaders,
} from "limpid/middleware";

const page: Handler = () => html`<p>Hi</p>`;
async function ask(
  handler: Handler,
  options?: SecureHeadersOptions,
  url = "https://shop.example/",
): Promise<Response> {
  return compose([secureHeaders(options)], handler)(new Request(url));
}
const policyOf = (response: Response): string | null => response.headers.get("content-security-policy");
const nonceIn = (response: Response): string => /'nonce-([^']+)'/.exec(policyOf(response) ?? "")![1]!;

test("4.6: every field is there by default", async () => {
  const { headers } = await ask(() => ({ ok: true }));
  headers.delete("content-type");
  assert.deepEqual(Object.fromEntries(headers), {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "origin-agent-cluster": "?1",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-dns-prefetch-control": "off",
    "x-permitted-cross-domain-policies": "none",
    "x-download-options": "noopen",
    "x-xss-protection": "0",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  });
});

test("4.6: a page gets the policy for pages, with its nonce", async () => {
  const response = await ask(page);
  const nonce = nonceIn(response);
  assert.equal(
    policyOf(response),
    `default-src 'self'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; ` +
      "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; " +
      "form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests",
  );
});

test("4.6: the nonce has 128 bits, is the request's, and never comes twice", async () => {
  const seen = new Set<string>();
  for (let index = 0; index < 1000; index++) {
    const run = compose([secureHeaders()], ({ nonce }) => html`<script nonce="${nonce}">1</script>`);
    const response = await run(new Request("/"));
    const nonce = nonceIn(response);
    assert.equal(await response.text(), `<script nonce="${nonce}">1</script>`);
    assert.equal(Buffer.from(nonce, "base64url").length, 16);
    seen.add(nonce);
  }
  assert.equal(seen.size, 1000);
});

test("4.6: a page with a nonce is not stored unless the response says otherwise", async () => {
  assert.equal((await ask(page)).headers.get("cache-control"), "private, no-store");
  const cached: Handler = () => Response.html("<p>", { headers: { "Cache-Control": "max-age=60" } });
  assert.equal((await ask(cached)).headers.get("cache-control"), "max-age=60");
  assert.equal((await ask(() => ({}))).headers.get("cache-control"), null);
  const noNonce: SecureHeadersOptions = {
    "Content-Security-Policy": { "script-src": "'self'", "style-src": "'self'" },
  };
  assert.equal((await ask(page, noNonce)).headers.get("cache-control"), null);
});

test("4.6: HSTS and upgrade-insecure-requests are for TLS only", async () => {
  const plain = await ask(page, {}, "http://localhost/");
  assert.equal(plain.headers.get("strict-transport-security"), null);
  assert.doesNotMatch(policyOf(plain)!, /upgrade-insecure-requests/);
});

test("TLS is also what a trusted proxy says it was", async () => {
  const request = new Request("http://inside/");
  request.forward({ protocol: "https" });
  const response = await compose([secureHeaders()], page)(request);
  assert.match(response.headers.get("strict-transport-security")!, /max-age/);
});

test("a field that the response has already stays", async () => {
  const response = await ask(() =>
    Response.html("<p>", {
      headers: { "X-Frame-Options": "SAMEORIGIN", "content-security-policy": "default-src *" },
    }),
  );
  assert.equal(response.headers.get("x-frame-options"), "SAMEORIGIN");
  assert.equal(policyOf(response), "default-src *");
});

test("fields are on error responses too", async () => {
  const request = new Request("/");
  const failing = compose([secureHeaders()], () => {
    throw new Error("broken");
  });
  assert.throws(() => failing(request));
  const response = errorResponse(new Error("broken"), request);
  for (const apply of appliedLater(request)) apply(response);
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.equal(policyOf(response), "default-src 'none'; frame-ancestors 'none'");
});

test("a 304 changes nothing of the stored page's policy (RFC 9111 §4.3.4)", async () => {
  const response = await ask(() => new Response(null, { status: 304 }));
  assert.equal(policyOf(response), null);
  assert.equal(response.headers.get("cache-control"), null);
});

const pages: [type: string, isPage: boolean][] = [
  ["text/html", true],
  ["TEXT/HTML;charset=utf-8", true],
  ["application/xhtml+xml", true],
  ["text/htmlx", false],
  ["text/plain", false],
  ["image/svg+xml", false],
];
for (const [type, isPage] of pages) {
  test(`${type} is ${isPage ? "a page" : "no page"}`, async () => {
    const response = await ask(() => new Response("x", { headers: { "Content-Type": type } }));
    assert.equal(policyOf(response)!.includes("nonce"), isPage);
  });
}

const names = [
  ...[
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
  ],
  ...["Origin-Agent-Cluster", "X-Frame-Options", "Permissions-Policy", "X-DNS-Prefetch-Control"],
  ...[
    "X-Permitted-Cross-Domain-Policies",
    "X-Download-Options",
    "X-XSS-Protection",
    "Strict-Transport-Security",
  ],
] as const;
for (const name of names) {
  test(`${name} can be set otherwise and left out`, async () => {
    assert.equal((await ask(page, { [name]: "other" })).headers.get(name), "other");
    assert.equal((await ask(page, { [name]: false })).headers.has(name), false);
  });
}

test("the policy can be changed by directive and left out", async () => {
  const directives = {
    "img-src": "'self' https://images.example",
    "form-action": false,
    "worker-src": "'none'",
  } as const;
  const policy = policyOf(await ask(page, { "Content-Security-Policy": directives }))!;
  assert.match(policy, /; img-src 'self' https:\/\/images\.example; /);
  assert.match(policy, /; worker-src 'none'$/);
  assert.doesNotMatch(policy, /form-action/);
  const without = await ask(page, { "Content-Security-Policy": false });
  assert.equal(policyOf(without), null);
  assert.equal(without.headers.get("cache-control"), null);
});

test("options that would not do what they say are refused", () => {
  const wrong: object[] = [
    { "X-Frame-Option": "DENY" },
    { "X-Frame-Options": "" },
    { "X-Frame-Options": "a\r\nb" },
    { "X-Frame-Options": true },
    { "Content-Security-Policy": { "img-src": "'self'; script-src *" } },
    { "Content-Security-Policy": { "img-src": "'self', script-src *" } },
    { "Content-Security-Policy": { "img src": "'self'" } },
  ];
  for (const options of wrong) {
    assert.throws(
      () => secureHeaders(options),
      { code: "LMP_MIDDLEWARE_OPTION_INVALID" },
      JSON.stringify(options),
    );
  }
});
