/** The `sql` tag: SQL by hand, in which values are always bound and names are quoted. */
import { LimpidError } from "../../errors/index.ts";
import { definitionOf, tableOf } from "../model/registry.ts";
import { Expression } from "./expression.ts";
import type { ExpressionNode, IdentifierNode, RawNode, SourceNode } from "./nodes.ts";
import type { RawSql } from "./raw-sql.ts";
import { isSubquery, scalarNode } from "./subquery.ts";

type Part = ExpressionNode | IdentifierNode | SourceNode;

/** A piece of SQL made by the `sql` tag; stands wherever an expression does. */
export class Sql<Value = unknown> extends Expression<Value> implements RawSql {
  readonly texts: readonly string[];
  readonly parts: readonly Part[];

  constructor(texts: readonly string[], parts: readonly Part[]) {
    const node: RawNode = { kind: "raw", texts, parts, type: undefined };
    super(node);
    this.texts = texts;
    this.parts = parts;
  }
}

/** A quoted name for the `sql` tag. */
export class SqlIdentifier {
  readonly node: IdentifierNode;

  constructor(path: readonly string[]) {
    if (path.length === 0 || !path.every((name) => typeof name === "string")) throw notAName();
    this.node = { kind: "identifier", path };
  }
}

/** What may stand in the braces of the `sql` tag: a value, which is bound; a name; a column, a model, another piece. */
export type SqlPart = unknown;

interface SqlTag {
  <Value = unknown>(texts: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql<Value>;
  /** A name, quoted: `sql.id("users", "name")`. */
  id(...path: readonly string[]): SqlIdentifier;
  /** Pieces one after the other. Default separator: `, `. */
  join(pieces: readonly SqlPart[], separator?: Sql): Sql;
}

/**
 * SQL by hand. Values in braces are bound, never written into the text; names come in through `sql.id`, columns and
 * models as they are, and pieces made by the tag are put together.
 *
 * @example
 * ```ts
 * import { integer, model, sql, varchar } from "limpid/orm";
 *
 * const User = model("users", { id: integer().primaryKey(), name: varchar(50) });
 * const longName = sql<boolean>`length(${User.name}) > ${20}`;
 * console.log(longName.texts.length); // 3
 * ```
 */
export const sql: SqlTag = Object.assign(
  <Value = unknown>(texts: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql<Value> => {
    if (!Array.isArray(texts) || !("raw" in texts)) throw notATemplate();
    return composed<Value>(texts, parts);
  },
  {
    id: (...path: readonly string[]) => new SqlIdentifier(path),
    join: (pieces: readonly SqlPart[], separator?: Sql): Sql => {
      const between = separator ?? new Sql([", "], []);
      const all = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]));
      return composed(["", ...all.map(() => "")], all);
    },
  },
);

/** Pieces within pieces become one list of texts and parts. */
function composed<Value>(texts: readonly string[], parts: readonly SqlPart[]): Sql<Value> {
  const flatTexts: string[] = [texts[0] ?? ""];
  const flatParts: Part[] = [];
  const append = (text: string): void => {
    flatTexts[flatTexts.length - 1] += text;
  };
  parts.forEach((part, index) => {
    if (part instanceof Sql) {
      append(part.texts[0] ?? "");
      flatParts.push(...part.parts);
      flatTexts.push(...part.texts.slice(1));
    } else {
      flatParts.push(partNode(part));
      flatTexts.push("");
    }
    append(texts[index + 1] ?? "");
  });
  return new Sql(flatTexts, flatParts);
}

function partNode(part: unknown): Part {
  if (part instanceof Expression) return part.node;
  if (part instanceof SqlIdentifier) return part.node;
  if (isSubquery(part)) return scalarNode(part);
  if (tableOf(part) !== undefined) {
    const { table, alias } = definitionOf(part);
    return { kind: "table", table, alias };
  }
  return { kind: "parameter", value: part, type: undefined };
}

function notAName(): LimpidError {
  return new LimpidError("LMP_ORM_IDENTIFIER_INVALID", "sql.id takes the parts of a name.", {
    expected: 'texts: sql.id("users", "name")',
    found: "something else",
    fix: "Look the name up among those you permit before it becomes part of a statement.",
  });
}

function notATemplate(): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "sql is a tag for template literals and is not called.", {
    expected: "sql`select …`",
    found: "sql(…)",
    fix: "Write the text between backticks behind the tag, and values in braces after a dollar sign.",
  });
}
