/** The payload lists of other engines, rendered in the sandbox: nothing is reached, and nothing is changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sandbox, TemplateError } from "limpid/template";
import { payloads } from "./payloads.ts";

const shape = (): string =>
  JSON.stringify(
    [Object, Array, Function, String].map((made) => Reflect.ownKeys(made.prototype).map(String)),
  );

test("no payload prints anything of JavaScript, in any way of using it", () => {
  const before = shape();
  const sandbox = new Sandbox({ autoescape: false, limits: { time: 60_000 } });
  for (const payload of payloads) {
    for (const source of [
      `{{ ${payload} }}`,
      `{% set x = ${payload} %}{{ x }}`,
      `{% for x in ${payload} %}{{ x }}{% endfor %}`,
      `{{ [${payload}] }}`,
      `{% if ${payload} %}{% do ${payload} %}{% endif %}`,
    ]) {
      let text = "";
      try {
        text = String(sandbox.renderString(source, { user: { name: "Ada" }, list: [1] }));
      } catch (error) {
        assert.ok(error instanceof TemplateError, `${source}: ${String(error)}`);
      }
      assert.doesNotMatch(text, /native code|\[object |function|=>|\bprocess\b|root:/, source);
    }
  }
  assert.equal(shape(), before);
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

test("names on Object.prototype are neither variables nor attributes nor options", () => {
  const names = ["polluted", "limits", "loader", "autoescape", "steps", "globals", "toJSON"];
  for (const name of names) Reflect.set(Object.prototype, name, name === "toJSON" ? undefined : "polluted");
  try {
    const sandbox = new Sandbox();
    const text = String(
      sandbox.renderString("{{ polluted }}{{ {}.polluted }}{{ x.polluted }}{{ '<' }}", { x: {} }),
    );
    assert.equal(text, "&lt;");
  } finally {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name);
  }
});
