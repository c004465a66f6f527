/** A template placed, and written with one value in every place: each branch is taken, and each loop runs twice. */
import assert from "node:assert/strict";
import type { Html } from "limpid/message";
import { TemplateError } from "limpid/template";
import {
  type HtmlContext,
  type Placement,
  type Placements,
  place,
  textContext,
} from "../../../src/template/escaper.ts";
import { defaultSyntax } from "../../../src/template/lexer/syntax.ts";
import type { Node } from "../../../src/template/nodes.ts";
import { parse } from "../../../src/template/parser.ts";
import { Source } from "../../../src/template/source.ts";

export interface Placed extends Placements {
  readonly body: readonly Node[];
}

export function placed(text: string, start: HtmlContext = textContext): Placed {
  const source = new Source("page.html", text);
  const tags = new Map([["cache", { body: true }]]);
  const { body } = parse(source, { syntax: { ...defaultSyntax, keepTrailingNewline: true }, tags });
  const { of, nonces } = place(body, start, source);
  return { body, of, nonces };
}

/** The placement of the first node of a kind. */
export function placementOf(text: string, type: Node["type"], start?: HtmlContext): Placement {
  for (const [node, placement] of placed(text, start).of) if (node.type === type) return placement;
  throw new Error(`There is no ${type} in ${text}.`);
}

export function rendered(text: string, value: unknown, start?: HtmlContext): string {
  const { body, of } = placed(text, start);
  const write = (nodes: readonly Node[]): string => nodes.map(writeNode).join("");
  const writeNode = (node: Node): string => {
    switch (node.type) {
      case "Text":
        return node.value;
      case "Output": {
        const placement = of.get(node);
        assert.ok(placement, "every output has a placement");
        return placement.escape(value);
      }
      case "If":
        return write(node.branches[0]?.body ?? []);
      case "For":
        return write([...node.body, ...node.body]);
      case "With":
      case "Block":
      case "FilterBlock":
      case "Autoescape":
      case "Tag":
        return write(node.body ?? []);
      default:
        return "";
    }
  };
  return write(body);
}

/** Each row: a template, a value, and what is written. */
export type Row = readonly [template: string, value: unknown, expected: string];

export function checkRows(rows: readonly Row[]): void {
  for (const [template, value, expected] of rows) {
    assert.equal(rendered(template, value), expected, `${template} with ${shown(value)}`);
  }
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value as Html);
}

/** Each row: a template, the line and column of the error, and a part of its sentence. */
export type Refusal = readonly [template: string, place: string, sentence: RegExp];

export function checkRefusals(rows: readonly Refusal[]): void {
  for (const [template, at, sentence] of rows) {
    assert.throws(
      () => placed(template),
      (error) => {
        assert.ok(error instanceof TemplateError, String(error));
        assert.equal(error.code, "LMP_TEMPLATE_CONTEXT_UNSAFE", template);
        assert.match(error.sentence, sentence, template);
        assert.equal(`${error.line}:${error.column}`, at, template);
        assert.ok(error.fix, template);
        return true;
      },
      template,
    );
  }
}
