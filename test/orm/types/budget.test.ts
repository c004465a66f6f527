/** The compiler keeps up with many models and queries: `node scripts/orm-types.ts` measures ten times as many. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { measureTypes } from "../../../scripts/orm-types.ts";

test("50 models in circles and 200 queries are checked without a mistake, and cheaply", (t) => {
  const { errors, figures, seconds } = measureTypes({ models: 50, queries: 200 });
  assert.deepEqual(errors, []);
  const instantiations = Number(figures.get("Instantiations"));
  t.diagnostic(`${seconds.toFixed(1)} s, ${instantiations} instantiations`);
  // Of these, 110,000 are the layer's own. The number does not depend on how busy the machine is, as the time does.
  assert.ok(instantiations > 150_000 && instantiations < 800_000, `${instantiations} instantiations`);
  assert.ok(seconds < 30, `${seconds} s`);
});
