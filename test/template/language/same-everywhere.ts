/** Renders a template at once, with waiting and as a stream, and asks for the same text or the same error from each. */
import assert from "node:assert/strict";
import {
  type Data,
  Environment,
  type EnvironmentOptions,
  MemoryLoader,
  TemplateError,
} from "limpid/template";

/** Options of the environment, and the templates that the one under test may name. */
export interface Surroundings extends Omit<EnvironmentOptions, "loader"> {
  readonly templates?: Readonly<Record<string, string>>;
}

/** What a template is rendered with; a function where each rendering needs values of its own, such as generators. */
export type Given = Data | (() => Data);

/** The text of a template, the same in each of the three ways. */
export async function sameEverywhere(
  source: string,
  given: Given = {},
  around: Surroundings = {},
): Promise<string> {
  const template = environmentOf(around).fromString(source);
  const text = String(template.render(dataOf(given)));
  assert.equal(String(await template.renderAsync(dataOf(given))), text, `renderAsync of ${source}`);
  assert.equal(await template.renderStream(dataOf(given)).text(), text, `renderStream of ${source}`);
  return text;
}

/** Asks for a text. */
export async function prints(
  expected: string,
  source: string,
  given?: Given,
  around?: Surroundings,
): Promise<void> {
  assert.equal(await sameEverywhere(source, given, around), expected, source);
}

/** The error of a template, with the same code and place in each of the three ways. */
export async function refusal(
  source: string,
  given: Given = {},
  around: Surroundings = {},
): Promise<TemplateError> {
  const environment = environmentOf(around);
  const ways = [
    async () => environment.fromString(source).render(dataOf(given)),
    () => environment.fromString(source).renderAsync(dataOf(given)),
    () => environment.fromString(source).renderStream(dataOf(given)).text(),
  ];
  const errors = await Promise.all(ways.map(errorOf));
  const [first, ...others] = errors;
  assert.ok(first instanceof TemplateError, `${source} throws ${String(first)}`);
  for (const other of others) {
    assert.ok(other instanceof TemplateError, `${source} throws ${String(other)}`);
    assert.deepEqual(placeOf(other), placeOf(first), source);
  }
  return first;
}

/** Asks for an error with this code, and words in its sentence. */
export async function refuses(
  code: string,
  sentence: RegExp,
  source: string,
  given?: Given,
  around?: Surroundings,
): Promise<void> {
  const error = await refusal(source, given, around);
  assert.equal(error.code, code, source);
  assert.match(error.sentence, sentence);
}

function environmentOf({ templates = {}, ...options }: Surroundings): Environment {
  return new Environment({ ...options, loader: new MemoryLoader(templates) });
}

function dataOf(given: Given): Data {
  return typeof given === "function" ? given() : given;
}

async function errorOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error;
  }
}

function placeOf({ code, template, line, column, sentence }: TemplateError): object {
  return { code, template, line, column, sentence };
}
