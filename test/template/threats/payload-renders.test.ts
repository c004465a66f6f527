/** The payload lists of other engines as templates: each gives nothing of the prototypes, or an error of the template. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Template, TemplateError } from "limpid/template";
import { payloads } from "./payloads.ts";

/** How a function, a class, the process or an object without a text would look. */
const caught = /native code|=>|function|class |\[object|polluted|uid=|root:/;

test("no payload renders a function, runs code or changes Object.prototype", () => {
  const before = Reflect.ownKeys(Object.prototype);
  for (const payload of payloads) {
    let text = "";
    try {
      text = String(new Template(`{{ ${payload} }}`).render({}));
    } catch (error) {
      assert.ok(error instanceof TemplateError, `${payload}: ${error}`);
    }
    assert.doesNotMatch(text, caught, payload);
    assert.deepEqual(Reflect.ownKeys(Object.prototype), before, payload);
  }
});

test("data of the same names is not seen through the forbidden ones", () => {
  const data = JSON.parse(
    '{"user": {"__proto__": {"a": "seen"}, "constructor": {"a": "seen"}, "prototype": "seen"}}',
  );
  for (const name of ["__proto__", "constructor", "prototype"]) {
    assert.equal(String(new Template(`{{ user.${name} }}{{ user["${name}"] }}`).render(data)), "");
  }
});
