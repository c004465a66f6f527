/** Lines for people: their form, their colours, and that no text can forge one. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { LimpidError } from "limpid/errors";
import { createLogger } from "limpid/log";
import { recorded } from "./lines.ts";

test("a line is the time, the level, the short request id, the message and the fields", () => {
  const { log, written } = recorded({ format: "pretty" });
  log
    .child({ request_id: "0b2a19c4-1111-4222-8333-444455556666", user_id: 7 })
    .info({ status: 200, path: "/a b" }, "served");
  assert.match(
    written[0] ?? "",
    /^\d\d:\d\d:\d\d\.\d{3} INFO {2}\[0b2a19c4\] served user_id=7 status=200 path="\/a b"\n$/,
  );
});

test("the logger is named where it is not the application's own", () => {
  const { log, written } = recorded({ format: "pretty", name: "shop" });
  log.warn({ basket: ["tea"], note: 'say "hi"' }, "low");
  assert.equal(written[0]?.slice(13), 'WARN  shop: low basket=["tea"] note="say \\"hi\\""\n');
});

test("an error stands below with its code, its indented stack, its fix and its causes", () => {
  const { log, written } = recorded({ format: "pretty" });
  const cause = new Error("disk full");
  log.error(new LimpidError("SHOP_SAVE", "Not saved.", { fix: "Make room.", cause }), "the request failed");
  const [head, exception, ...rest] = (written[0] ?? "").trimEnd().split("\n");
  assert.match(head ?? "", /ERROR the request failed$/);
  assert.equal(exception, "    LimpidError [SHOP_SAVE]: Not saved.");
  assert.ok(rest.every((line) => line.startsWith("    ")));
  assert.ok(rest.some((line) => /at .*pretty-line\.test\.ts/.test(line)));
  assert.ok(rest.includes("      fix: Make room."));
  assert.ok(rest.includes("    Caused by: Error: disk full"));
});

/** Sets variables until the test has ended. */
function environment(context: TestContext, variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    const before = process.env[name];
    context.after(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

const colour = "\u001b[32m";

test("colours come at a terminal, and NO_COLOR, FORCE_COLOR and TERM=dumb are kept", (context) => {
  const line = (variables: Record<string, string | undefined>, isTTY: boolean): string => {
    environment(context, {
      NO_COLOR: undefined,
      FORCE_COLOR: undefined,
      TERM: "xterm",
      NODE_ENV: undefined,
      ...variables,
    });
    let text = "";
    const destination = { isTTY, write: (written: string) => (text += written) };
    createLogger({ format: "pretty", destination }).info("x");
    return text;
  };
  assert.ok(line({}, true).includes(colour));
  assert.ok(!line({}, false).includes("\u001b"));
  assert.ok(!line({ NO_COLOR: "1" }, true).includes("\u001b"));
  assert.ok(!line({ TERM: "dumb" }, true).includes("\u001b"));
  assert.ok(line({ FORCE_COLOR: "1" }, false).includes(colour));
});

test("the format is readable at a terminal outside production, and JSON elsewhere", (context) => {
  const isJson = (variables: Record<string, string | undefined>, isTTY: boolean): boolean => {
    environment(context, { LOG_FORMAT: undefined, NODE_ENV: undefined, ...variables });
    let text = "";
    createLogger({ destination: { isTTY, write: (written: string) => (text += written) } }).info("x");
    return text.startsWith("{");
  };
  assert.equal(isJson({}, true), false);
  assert.equal(isJson({}, false), true);
  assert.equal(isJson({ NODE_ENV: "production" }, true), true);
  assert.equal(isJson({ NODE_ENV: "production", LOG_FORMAT: "pretty" }, false), false);
  assert.equal(isJson({ LOG_FORMAT: "json" }, true), true);
});

const nasty = "a\r\n12:00:00.000 INFO  forged\u001b[2J\u009b31m\u2028\u202e\u0007\u007f\u0000b";
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

test("Log injection: CR, LF and ANSI in any field are written out, so one call is one line", () => {
  const fields = [
    () => ({ value: nasty }),
    () => ({ [nasty]: 1 }),
    () => ({ deep: [{ value: nasty }] }),
    () => ({ request_id: nasty, logger: nasty }),
  ];
  for (const format of ["pretty", "json"] as const) {
    for (const make of fields) {
      const { log, written } = recorded({ format });
      log.child(make()).info(make(), nasty);
      assert.equal(written.length, 1);
      assert.match(written[0] ?? "", /^[^\n]*\n$/);
      assert.doesNotMatch(written[0] ?? "", raw);
    }
  }
});

test("Log injection: a line inside an error's message cannot pass for a line of the log", () => {
  const { log, written } = recorded({ format: "pretty" });
  log.error(new Error(nasty, { cause: new Error(nasty) }), "failed");
  const [, ...below] = (written[0] ?? "").trimEnd().split("\n");
  assert.ok(below.length > 2);
  for (const line of below) assert.match(line, /^ {4}/);
  assert.doesNotMatch(written[0] ?? "", raw);
});

test("JSON lines keep the text: escaped in the line, whole when parsed", () => {
  const { log, lines } = recorded();
  log.info({ value: nasty }, nasty);
  assert.deepEqual([lines()[0]?.value, lines()[0]?.message], [nasty, nasty]);
});
