/** `basicAuth` (RFC 7617). */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HttpError } from "limpid/errors";
import { Request } from "limpid/message";
import { basicAuth, compose, type Middleware } from "limpid/middleware";

const encode = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;
const users = { ada: "enigma", grace: "a:b:c", zoë: "pässword", "": "" };
const { "": _, ...valid } = users;
const guard = basicAuth({ users: valid, realm: 'The "inner" \\ room' });

/** The status, and the user's name where there is one. */
async function answer(authorization: string | undefined, middleware: Middleware = guard): Promise<string> {
  const headers = authorization === undefined ? undefined : { Authorization: authorization };
  const run = compose(
    [middleware],
    (request) => `200 ${(request as { user?: { name: string } }).user?.name}`,
  );
  try {
    return await (await run(new Request("/", { headers }))).text();
  } catch (error) {
    assert.ok(error instanceof HttpError);
    return String(error.status);
  }
}

test("right credentials set request.user", async () => {
  assert.equal(await answer(encode("ada:enigma")), "200 ada");
  assert.equal(await answer(encode("ada:enigma").replace("Basic", "bASIC")), "200 ada");
});

test("a password may have colons, and both may be any text in UTF-8, compared in form NFC", async () => {
  assert.equal(await answer(encode("grace:a:b:c")), "200 grace");
  assert.equal(await answer(encode("zoë:pässword")), "200 zoë");
  assert.equal(await answer(encode("zoe\u0308:pa\u0308ssword")), "200 zoë");
});

const wrong: [what: string, authorization: string | undefined][] = [
  ["nothing", undefined],
  ["an empty field", ""],
  ["a wrong password", encode("ada:Enigma")],
  ["a longer password", encode("ada:enigmas")],
  ["an unknown name", encode("eve:enigma")],
  ["another user's password", encode("ada:a:b:c")],
  ["a name without a password", encode("ada")],
  ["an empty pair", encode(":")],
  ["a prototype's property", encode("__proto__:")],
  ["a prototype's method", encode("constructor:function Object() { [native code] }")],
  ["another scheme", "Bearer YWRhOmVuaWdtYQ=="],
  ["no base64", "Basic ada:enigma"],
  ["base64 with a space", "Basic YWRhOm VuaWdtYQ=="],
  ["unpadded base64", "Basic YWRhOmVuaWdtYQ"],
  ["two fields joined", `${encode("ada:enigma")}, ${encode("ada:enigma")}`],
  ["bytes that are no UTF-8", `Basic ${Buffer.from([0x61, 0x64, 0x61, 0x3a, 0xff]).toString("base64")}`],
  ["a NUL", encode("ada:enigma\0")],
];
for (const [what, authorization] of wrong) {
  test(`${what} is 401`, async () => {
    assert.equal(await answer(authorization), "401");
  });
}

test("all refusals look the same, and carry the challenge", async () => {
  const seen = new Set<string>();
  for (const [, authorization] of wrong) {
    const headers = authorization === undefined ? undefined : { Authorization: authorization };
    const error = await Promise.resolve(new Request("/", { headers }))
      .then(compose([guard], () => "x"))
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof HttpError);
    seen.add(JSON.stringify([error.status, error.code, error.message, error.headers]));
  }
  assert.deepEqual(
    [...seen].map((text) => JSON.parse(text)),
    [
      [
        401,
        "LMP_UNAUTHORIZED",
        "A name and a password are needed.",
        { "WWW-Authenticate": 'Basic realm="The \\"inner\\" \\\\ room", charset="UTF-8"' },
      ],
    ],
  );
});

test("whatever credentials are sent, only the right ones pass", async () => {
  const pair = fc.tuple(fc.string(), fc.string());
  await fc.assert(
    fc.asyncProperty(pair, async ([name, password]) => {
      const known = Object.hasOwn(valid, name) && (valid as Record<string, string>)[name] === password;
      assert.equal(await answer(encode(`${name}:${password}`)), known ? `200 ${name}` : "401");
    }),
    { numRuns: 500 },
  );
});

test("a check of one's own decides, sync or async, and its user is the request's", async () => {
  const lookUp = (name: string, password: string) =>
    password === "right" ? { name: `${name}!`, id: 7 } : null;
  assert.equal(await answer(encode("ada:right"), basicAuth({ verify: lookUp }) as Middleware), "200 ada!");
  assert.equal(await answer(encode("ada:wrong"), basicAuth({ verify: lookUp }) as Middleware), "401");
  const later = basicAuth({ verify: async (name, password) => lookUp(name, password) }) as Middleware;
  assert.equal(await answer(encode("ada:right"), later), "200 ada!");
  assert.equal(await answer(encode("ada:wrong"), later), "401");
  assert.equal(await answer(undefined, later), "401");
});

test("what the check throws is the outcome, not a refusal", async () => {
  const broken = basicAuth({
    verify: async (): Promise<never> => {
      throw new Error("no database");
    },
  });
  const request = new Request("/", { headers: { Authorization: encode("a:b") } });
  await assert.rejects(async () => compose([broken], () => "x")(request), { message: "no database" });
});

test("users with synchronous checks leave the chain synchronous", () => {
  const request = new Request("/", { headers: { Authorization: encode("ada:enigma") } });
  assert.ok(!(compose([guard], () => "x")(request) instanceof Promise));
});

test("options that could not work are refused", () => {
  const wrongOptions = [{ users: {} }, { users }, { users: { "a:b": "x" } }, {}, { verify: 7 }];
  for (const options of [
    ...wrongOptions,
    { users: valid, realm: "Küche" },
    { users: valid, realm: "a\r\nb" },
  ]) {
    assert.throws(() => basicAuth(options as { users: Record<string, string> }), {
      code: "LMP_MIDDLEWARE_OPTION_INVALID",
    });
  }
});
