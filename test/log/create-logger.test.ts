/** The lines of a logger: their fields, their messages, and what children add. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogger } from "limpid/log";
import { recorded } from "./lines.ts";

test("a line has exactly timestamp, level, logger and message", () => {
  const { log, lines } = recorded({ name: "shop" });
  log.info("open");
  const [line = {}] = lines();
  assert.deepEqual(Object.keys(line).sort(), ["level", "logger", "message", "timestamp"]);
  assert.deepEqual([line.level, line.logger, line.message], ["info", "shop", "open"]);
  const timestamp = String(line.timestamp);
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000);
});

test("of a request with a user and an error it has also request_id, user_id, exception and stack_trace", () => {
  const { log, lines } = recorded();
  log
    .child({ request_id: "r-1", user_id: 7 })
    .error(new TypeError("x is not a function"), "the request failed");
  const [line = {}] = lines();
  assert.deepEqual(Object.keys(line).sort(), [
    "exception",
    "level",
    "logger",
    "message",
    "request_id",
    "stack_trace",
    "timestamp",
    "user_id",
  ]);
  assert.equal(line.message, "the request failed");
  assert.equal(line.exception, "TypeError: x is not a function");
  assert.match(
    String(line.stack_trace),
    /^TypeError: x is not a function\n {4}at .*create-logger\.test\.ts:\d+/,
  );
  assert.deepEqual([line.request_id, line.user_id], ["r-1", 7]);
});

test("levels are names; what is below the level is not written, and silent writes nothing", () => {
  const { log, lines } = recorded({ level: "warn" });
  for (const level of ["trace", "debug", "info", "warn", "error", "fatal"] as const) log[level](level);
  assert.deepEqual(
    lines().map((line) => line.level),
    ["warn", "error", "fatal"],
  );
  log.level = "debug";
  log.debug("now");
  assert.equal(lines().length, 4);
  const silent = recorded({ level: "silent" });
  silent.log.fatal("nothing");
  assert.deepEqual(silent.written, []);
});

test("a level or format that does not exist is refused with what there is", () => {
  assert.throws(() => createLogger({ level: "loud" }), {
    code: "LMP_LOG_OPTION_INVALID",
    expected: "trace, debug, info, warn, error, fatal, silent",
    found: "loud",
  });
  assert.throws(() => createLogger({ format: "xml" as "json" }), { code: "LMP_LOG_OPTION_INVALID" });
  assert.equal(createLogger({ level: "WARN", destination: { write: () => {} } }).level, "warn");
});

test("the message takes placeholders, and values behind it are not lost", () => {
  const { log, lines } = recorded();
  log.info("%s has %d in %j", "ada", 2, { basket: ["tea"] });
  log.info({ port: 8000 }, "listening on %s", "::1");
  log.info("100% sure");
  log.info(42 as unknown as string);
  assert.deepEqual(
    lines().map((line) => line.message),
    ['ada has 2 in {"basket":["tea"]}', "listening on ::1", "100% sure", "42"],
  );
});

test("an error is the exception wherever it stands", () => {
  const { log, lines } = recorded();
  const error = new Error("broken");
  log.error(error);
  log.error(error, "told");
  log.error({ error, step: 2 }, "told");
  log.error({ err: error }, "told");
  log.error("told", error as never);
  log.error({ step: 2 }, error as never);
  for (const line of lines()) {
    assert.equal(line.exception, "Error: broken");
    assert.match(String(line.stack_trace), /at .*create-logger\.test\.ts/);
    assert.equal("error" in line || "err" in line, false);
  }
  assert.deepEqual(
    lines().map((line) => line.message),
    ["broken", "told", "told", "told", "told", "broken"],
  );
  assert.equal(lines()[2]?.step, 2);
});

test("a field named error that holds no error stays a field", () => {
  const { log, lines } = recorded();
  log.warn({ error: "E42" }, "refused");
  assert.deepEqual([lines()[0]?.error, lines()[0]?.exception], ["E42", undefined]);
});

test("no line has a name twice: a later field wins, and what the logger writes cannot be forged", () => {
  const { log, written } = recorded();
  const child = log.child({ request_id: "r-1", logger: "shop.cart" }).child({ request_id: "r-2" });
  child.setBindings({ user_id: 1 });
  child.info({ user_id: 2, level: "fatal", timestamp: "never", message: "forged" }, "mine");
  const [text = ""] = written;
  const line = JSON.parse(text) as Record<string, unknown>;
  for (const name of Object.keys(line)) assert.equal(text.split(`"${name}":`).length, 2, name);
  const { level, logger, message, request_id, user_id, level_, timestamp_, message_ } = line;
  assert.deepEqual(
    { level, logger, message, request_id, user_id, level_, timestamp_, message_ },
    {
      level: "info",
      logger: "shop.cart",
      message: "mine",
      request_id: "r-2",
      user_id: 2,
      level_: "fatal",
      timestamp_: "never",
      message_: "forged",
    },
  );
  assert.deepEqual(child.bindings(), { logger: "shop.cart", request_id: "r-2", user_id: 1 });
});

test("a child does not change its parent, and what it binds is redacted too", () => {
  const { log, lines } = recorded();
  log.child({ token: "hunter2", request_id: "r-1" }).info("child");
  log.info("parent");
  assert.equal(lines()[0]?.token, "[redacted]");
  assert.equal("request_id" in (lines()[1] ?? {}), false);
});

test("fields that look like a request of node:http do not take the line's place", () => {
  const { log, lines } = recorded();
  log.info({ method: "GET", headers: { accept: "*/*" }, socket: { fd: 3 } }, "seen");
  const [line = {}] = lines();
  assert.deepEqual([line.message, line.method, "req" in line], ["seen", "GET", false]);
});
