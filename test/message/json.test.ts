/** JSON from outside: no key twice, bounded, and what is read is what JSON.parse reads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Request } from "limpid/message";

const post = (body: string): Request => new Request("/", { method: "POST", body });
const refused = { status: 400, code: "LMP_BODY_JSON_REFUSED" };

test("ASVS 1.5.3: a key twice in one object is 400, however it is written", async () => {
  for (const text of [
    '{"a":1,"a":2}',
    '{"a" : 1 , "a"\n:\t2}',
    '{"a":1,"\\u0061":2}',
    '{"":1,"":2}',
    '{"x":{"a":[{"b":1,"c":2,"b":3}]}}',
    '[{"a":1},{"a":1,"a":1}]',
    '{"a:":"b:","a:":"\\":"}',
    '{"a":{"b":1},"a":2}',
    '{"1":1,"1":2}',
  ]) {
    await assert.rejects(post(text).json(), refused, text);
    assert.deepEqual(await post(text).json({ duplicateKeys: "last" }), JSON.parse(text));
  }
});

test("colons and quotes in strings are no keys", async () => {
  for (const text of [
    '{"a":"12:30:00"}',
    '{"a":":","b":" :"}',
    '["a\\":","\\\\",":"]',
    '{"a\\":b":1,"a\\\\":": :"}',
    '":"',
    '[":"," :","\\":"]',
    '{"a":1,"b":{"a":1}}',
  ]) {
    assert.deepEqual(await post(text).json(), JSON.parse(text), text);
  }
});

test("whatever JSON.stringify writes is read, and doubling any key of it is refused", async () => {
  // Keys without escapes: V8 takes `"\""` for the key `\` once it has seen that one.
  const key = fc.string({ unit: fc.constantFrom("a", "b", ":", " ", "ü", "'"), maxLength: 3 });
  const words = fc.string({ unit: fc.constantFrom("a", '"', ":", "\\", " ", "ü", "\n"), maxLength: 5 });
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      words,
      fc.integer(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, key, fc.constantFrom(undefined, 1, "\t"), async (sent, name, indent) => {
      const text = JSON.stringify(sent, null, indent);
      assert.deepEqual(await post(text).json(), JSON.parse(text));
      const member = `${JSON.stringify(name)}:${text}`;
      await assert.rejects(post(`{${member},${member}}`).json(), refused);
    }),
    { numRuns: 2000 },
  );
});

test("1,000 keys of one object, 10,000 in all; each may be set", async () => {
  const object = (keys: number): string =>
    JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, 0])));
  assert.ok(await post(object(1000)).json());
  await assert.rejects(post(object(1001)).json(), refused);
  assert.ok(await post(object(1001)).json({ keys: 2000 }));
  await assert.rejects(post(object(3)).json({ entries: 2 }), refused);
  await assert.rejects(post("[[[]]]").json({ depth: 2 }), refused);
});

test("JSON in the charset that its media type names", async () => {
  const headers = { "Content-Type": "application/json; charset=utf-16le" };
  const request = new Request("/", { method: "POST", body: Buffer.from('{"a":"ü"}', "utf16le"), headers });
  assert.deepEqual(await request.json(), { a: "ü" });
});
