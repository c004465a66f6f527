/** Statements for tests of drivers: a number for each text, as a compiler would give it. */
import type { DriverStatement } from "../../src/orm/driver/driver.ts";
import { nextStatementId } from "../../src/orm/driver/statement-id.ts";

const known = new Map<string, DriverStatement>();

export function statement(sql: string, options: { readonly prepare?: boolean } = {}): DriverStatement {
  const { prepare = true } = options;
  const key = `${prepare} ${sql}`;
  let found = known.get(key);
  if (found === undefined)
    known.set(key, (found = { id: nextStatementId(), sql, givesRows: true, bigInts: false, prepare }));
  return found;
}

/** Waits for something that happens by itself, for at most `within` milliseconds; gives how long it took. */
export async function until(condition: () => boolean | Promise<boolean>, within = 2_000): Promise<number> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > within) throw new Error(`It did not happen within ${within} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - start;
}
