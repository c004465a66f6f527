/** A log call never throws, whatever it is given and whatever becomes of the destination. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { createLogger, type Logger } from "limpid/log";
import { recorded } from "./lines.ts";

/** The methods as programs without types call them. */
type Loose = (...args: unknown[]) => void;

function hostile(): unknown[] {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const getter = {
    get method(): string {
      throw new Error("no");
    },
    headers: {},
    socket: {},
  };
  const error = new Proxy(new Error("x"), {
    get() {
      throw new Error("no");
    },
  });
  const getPrototypeOf = (): object => {
    throw new Error("no");
  };
  return [
    proxy,
    getter,
    error,
    new Proxy({}, { getPrototypeOf }),
    { err: proxy },
    { toString: null },
    Symbol("s"),
    10n,
  ];
}

test("hostile arguments give a line each and no exception", () => {
  for (const format of ["json", "pretty"] as const) {
    const { log, written } = recorded({ format });
    const info = log.info.bind(log) as Loose;
    for (const value of hostile()) {
      info(value);
      info(value, "message");
      info("message %s %j %o", value, value, value);
      info({ value }, "message");
      info(undefined, value);
      log.child({ value });
    }
    info();
    info(null);
    info(undefined, null, undefined);
    (log.child as unknown as (bindings: unknown) => Logger)(null).info("child");
    assert.equal(written.length, hostile().length * 5 + 4);
  }
});

test("property: any arguments give exactly one line", () => {
  fc.assert(
    fc.property(
      fc.array(fc.anything({ withNullPrototype: true, withMap: true }), { maxLength: 4 }),
      (args) => {
        const { log, written, lines } = recorded();
        (log.info as Loose).apply(log, args);
        assert.equal(written.length, 1);
        assert.equal(lines()[0]?.level, "info");
      },
    ),
    { numRuns: 300 },
  );
});

test("a destination that throws loses lines, and says how many when it works again", () => {
  const written: string[] = [];
  let broken = true;
  const log = createLogger({
    format: "json",
    destination: {
      write(line) {
        if (broken) throw new Error("ENOSPC");
        written.push(line);
      },
    },
  });
  log.info("lost");
  log.info("lost");
  broken = false;
  log.info("kept");
  const [report, kept] = written.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual([report?.level, report?.logger, report?.lost], ["warn", "limpid.log", 2]);
  assert.equal(kept?.message, "kept");
  assert.equal(written.length, 2);
});

test("R-19: a stream that fails, as on a full disk, does not end the process", async () => {
  const stream = createWriteStream("/nonexistent/folder/app.log");
  const log = createLogger({ destination: stream });
  log.info("nowhere to go");
  await new Promise((resolve) => stream.once("close", resolve));
  log.info("still nowhere to go");
});

test("a reader that goes away, as in `app | head`, does not end the process", async () => {
  const program = `
    import { rootLogger } from "limpid/log";
    process.stdin.once("data", () => {
      for (let line = 0; line < 2000; line++) rootLogger().info({ line }, "x".repeat(100));
      process.stderr.write("served on");
      process.stdin.pause();
    });
  `;
  const args = ["--conditions=source", "--input-type=module", "--eval", program];
  const child = spawn(process.execPath, args, { cwd: new URL("../../", import.meta.url) });
  let errors = "";
  child.stderr.on("data", (bytes: Buffer) => (errors += bytes));
  child.stdout.destroy();
  child.stdin.end("go");
  const [code] = await once(child, "close");
  assert.equal(errors, "served on");
  assert.equal(code, 0);
});
