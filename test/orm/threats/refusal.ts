/** Asserts that something is refused by the layer itself, with a code, before the database hears of it. */
import assert from "node:assert/strict";
import { LimpidError } from "limpid";
import type { TestDatabase } from "../databases.ts";

/** Fails unless the call throws or rejects with a code of the layer. */
export async function refused(call: () => unknown, what: string): Promise<void> {
  let result: unknown;
  try {
    result = await call();
  } catch (error) {
    assert.ok(error instanceof LimpidError && /^LMP_ORM_/.test(error.code), `${what}: ${String(error)}`);
    return;
  }
  assert.fail(`${what} was taken: ${String(result)}`);
}

/** Refused, and nothing was sent but the borders of a transaction. */
export async function refusedUnheard(
  { sent }: TestDatabase,
  call: () => unknown,
  what: string,
): Promise<void> {
  sent.length = 0;
  await refused(call, what);
  assert.deepEqual(
    sent.filter((text) => text !== "BEGIN" && text !== "ROLLBACK"),
    [],
    what,
  );
}
