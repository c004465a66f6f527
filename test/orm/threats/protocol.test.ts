/**
 * CVE-2026-4427, CVE-2024-27304. A server that breaks the grammar of the protocol costs its connection, not the process,
 * and no message of ours is so long that its length would mean another one.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LimpidError } from "limpid";
import { Database, sql } from "limpid/orm";
import { FakePostgresql, frame, int16, int32, row, text } from "./fake-postgresql.ts";

const complete = frame("C", text("SELECT 1"));

/** Answers with lengths and counts that are not those of their content. */
const malformed: Readonly<Record<string, Uint8Array>> = {
  "a value of -2 bytes": frame("D", int16(1), int32(-2)),
  "a value of -2^31 bytes": frame("D", int16(1), int32(-(2 ** 31))),
  "a value of 2^31 - 1 bytes": frame("D", int16(1), int32(2 ** 31 - 1), Buffer.from("x")),
  "-1 values": frame("D", int16(-1)),
  "32767 values and none": frame("D", int16(32_767)),
  "a message without its length": Buffer.from("D\0\0\0\0"),
  "a message shorter than its length": Buffer.from("D\0\0\0\x03"),
  "32767 columns and none": frame("T", int16(32_767)),
  "-5 columns": frame("T", int16(-5)),
  "a login in the middle": frame("R", int32(99)),
  "a type that is none": frame("x", int32(1)),
  "a text without its end": frame("C", Buffer.from("SELECT 1")),
  "a setting without its end": frame("S", Buffer.from("a")),
  "a notification cut short": frame("A", int32(1), Buffer.from("x")),
  "a copy that nobody asked for": Buffer.concat([
    frame("H", Buffer.from([0]), int16(1), int16(0)),
    frame("d"),
  ]),
  "answers of others": Buffer.concat([
    frame("2"),
    frame("1"),
    frame("n"),
    frame("s"),
    frame("3"),
    frame("I"),
  ]),
};

/** Asks once; an answer or an error of the layer is right, and so is that the next question is answered. */
async function survives(fake: FakePostgresql, answer: Uint8Array): Promise<void> {
  fake.answer = undefined;
  await using db = await Database.connect(fake.url, { statementTimeout: 200, pool: { maximum: 1 } });
  fake.answer = answer;
  try {
    await db.rows(sql`select 1`);
  } catch (error) {
    assert.ok(error instanceof LimpidError && error.code.startsWith("LMP_ORM_"), String(error));
  }
  fake.answer = undefined;
  assert.deepEqual(
    (await db.rows(sql`select 1`)).map((found) => [...found]),
    [["ok"]],
  );
}

test("CVE-2026-4427: a message with wrong lengths costs the connection and nothing else", async (t) => {
  const fake = await FakePostgresql.start();
  t.after(() => fake.close());
  const thrown: unknown[] = [];
  const note = (error: unknown): void => void thrown.push(error);
  process.on("uncaughtException", note);
  t.after(() => process.off("uncaughtException", note));
  for (const [what, answer] of Object.entries(malformed))
    await survives(fake, answer).catch((error: unknown) => assert.fail(`${what}: ${String(error)}`));
  assert.deepEqual(thrown, []);
});

test("CVE-2026-4427: a server that is none ends the login, and nothing else", async (t) => {
  const fake = await FakePostgresql.start();
  t.after(() => fake.close());
  const thrown: unknown[] = [];
  const note = (error: unknown): void => void thrown.push(error);
  process.on("uncaughtException", note);
  t.after(() => process.off("uncaughtException", note));
  const greetings: readonly Uint8Array[] = [
    ...Object.values(malformed),
    Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"),
    Buffer.from("SSH-2.0-OpenSSH\r\n"),
    frame("R", int32(10), text("SCRAM-SHA-256"), text("")),
    frame("R", int32(12), Buffer.from("v=")),
    frame("R", int32(5)),
  ];
  for (const greeting of greetings) {
    fake.greeting = greeting;
    await assert.rejects(Database.connect(fake.url), { code: "LMP_ORM_CONNECT_FAILED" });
  }
  assert.deepEqual(thrown, []);
});

test("CVE-2026-4427: so do messages with any bytes changed", async (t) => {
  const fake = await FakePostgresql.start();
  t.after(() => fake.close());
  // What is claimed to be longer than it is would be waited for.
  fake.endsAfterAnswer = true;
  const thrown: unknown[] = [];
  const note = (error: unknown): void => void thrown.push(error);
  process.on("uncaughtException", note);
  t.after(() => process.off("uncaughtException", note));
  const whole = Buffer.concat([
    frame("T", int16(1), text("a"), Buffer.alloc(18)),
    row("ok"),
    row("ok"),
    complete,
  ]);
  const change = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(0, 1, 2, 3, 4, 127, 128, 254, 255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const answer = Buffer.from(whole);
      // An error report without its end is one that `pg` reads for ever.
      for (const [at, octet] of changes) answer[at] = octet;
      await survives(fake, answer);
    }),
    { numRuns: 150 },
  );
  assert.deepEqual(thrown, []);
});

test("CVE-2024-27304: a statement of more than 256 MiB of values is refused before it is sent", async (t) => {
  const fake = await FakePostgresql.start();
  t.after(() => fake.close());
  await using db = await Database.connect(fake.url);
  const half = new Uint8Array(129 * 2 ** 20);
  await assert.rejects(db.rows(sql`select ${half}, ${half}`), { code: "LMP_ORM_VALUE_INVALID" });
  await assert.rejects(db.rows(sql`select ${new Uint8Array(257 * 2 ** 20)}`), {
    code: "LMP_ORM_VALUE_INVALID",
  });
  assert.deepEqual(
    (await db.rows(sql`select ${"x"}`)).map((found) => [...found]),
    [["ok"]],
  );
});
