/** How names in TypeScript become names in SQL. */
import { LimpidError } from "../../errors/index.ts";

/** `"snake_case"`: `createdAt` is `created_at`. `"same"`: names stay as they are. Or a function of one's own. */
export type NamingStrategy = "snake_case" | "same" | ((property: string) => string);

/** The name in SQL of a property. */
export function nameInSql(property: string, strategy: NamingStrategy): string {
  if (typeof strategy === "function") return strategy(property);
  if (strategy === "same") return property;
  return property
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** Names that no entity can have: an object with `then` cannot be awaited, and classes need the others. */
const reserved = new Set(["__proto__", "constructor", "prototype", "then"]);

/** Throws `LMP_ORM_MODEL_INVALID` for a property that cannot be a column or a relation. */
export function checkProperty(property: string, table: string): void {
  checkMethod(property, table);
  if (property === "toJSON" || property in Object.prototype) throw propertyInvalid(property, table);
}

/** Throws `LMP_ORM_MODEL_INVALID` for a property that cannot be a method. */
export function checkMethod(property: string, table: string): void {
  if (!/^[A-Za-z_$][\w$]*$/.test(property) || reserved.has(property)) throw propertyInvalid(property, table);
}

function propertyInvalid(property: string, table: string): LimpidError {
  return new LimpidError(
    "LMP_ORM_MODEL_INVALID",
    `The model of "${table}" has a property that cannot be one.`,
    {
      expected: "a name of letters, digits and underscores that objects do not use themselves",
      found: property,
      fix: 'Rename the property; .named("…") keeps the name of the column.',
    },
  );
}

/** Throws `LMP_ORM_IDENTIFIER_INVALID` for what cannot be a name in any of the databases. */
export function checkIdentifier(name: unknown): asserts name is string {
  const isText = typeof name === "string" && name !== "" && name.isWellFormed() && !name.includes("\0");
  if (isText && Buffer.byteLength(name) <= 63) return;
  throw new LimpidError("LMP_ORM_IDENTIFIER_INVALID", "This cannot be the name of a table or a column.", {
    expected: "text of 1 to 63 bytes without NUL and lone surrogates",
    found: typeof name === "string" ? JSON.stringify(name.slice(0, 80)) : typeof name,
    fix: "Choose a shorter, plain name.",
  });
}
