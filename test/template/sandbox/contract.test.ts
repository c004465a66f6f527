/** One contract for both engines: every template gives the same text, or the same error at the same place. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Html } from "limpid/message";
import { Environment, type Extension, MemoryLoader, Sandbox, TemplateError } from "limpid/template";
import type { Case, Outcome } from "./contract.ts";
import { expressionsCases, expressionsData } from "./expressions-cases.ts";
import { statementsCases, statementsData } from "./statements-cases.ts";
import { templates, templatesCases, templatesData } from "./templates-cases.ts";

const extensions: readonly Extension[] = [
  { tag: "shout", body: true, run: ({ body }) => String(body()).toUpperCase() },
  { tag: "stamp", run: ({ arguments: [first], named }) => `${String(first)}:${String(named.k ?? "")}` },
];

interface Result {
  readonly outcome: Outcome;
  /** Sentence, template and line of an error. */
  readonly told: string;
}

function resultOf(render: () => Html): Result {
  try {
    return { outcome: String(render().withNonce("N")), told: "" };
  } catch (error) {
    assert.ok(error instanceof TemplateError, String(error));
    assert.ok(error.line !== undefined && error.column !== undefined, error.message);
    return { outcome: { code: error.code }, told: `${error.template}:${error.line}: ${error.sentence}` };
  }
}

/** The sandbox gives no place to the nonce. */
function withoutNonces(outcome: Outcome): Outcome {
  return typeof outcome === "string" ? outcome.replaceAll(' nonce="N"', "") : outcome;
}

function run(cases: readonly Case[], data: () => Record<string, unknown>, strict: boolean): void {
  const options = { loader: new MemoryLoader(templates), extensions, strict };
  const environment = new Environment(options);
  const sandbox = new Sandbox(options);
  for (const [source, outcome, strictly = outcome] of cases) {
    test(source, () => {
      const compiled = resultOf(() => environment.fromString(source).render(data()));
      assert.deepEqual(compiled.outcome, strict ? strictly : outcome);
      const interpreted = resultOf(() => sandbox.renderString(source, data()));
      assert.deepEqual(interpreted, { ...compiled, outcome: withoutNonces(compiled.outcome) });
    });
  }
}

for (const strict of [false, true]) {
  const mode = strict ? "strict" : "tolerant";
  describe(`expressions, ${mode}`, () => run(expressionsCases, expressionsData, strict));
  describe(`statements, ${mode}`, () => run(statementsCases, statementsData, strict));
  describe(`templates, ${mode}`, () => run(templatesCases, templatesData, strict));
}
