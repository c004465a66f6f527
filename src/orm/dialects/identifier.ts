/** Checks a name before a dialect quotes it. */
import { LimpidError } from "../../errors/index.ts";

/** The name, if it can be one. Throws `LMP_ORM_IDENTIFIER_INVALID`. `fits` counts its length as the database does. */
export function checkedIdentifier(name: string, limit: string, fits: (name: string) => boolean): string {
  if (name !== "" && !name.includes("\0") && name.isWellFormed() && fits(name)) return name;
  throw new LimpidError("LMP_ORM_IDENTIFIER_INVALID", "A name cannot be a name in SQL.", {
    expected: `1 to ${limit}, none of them NUL`,
    found: JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name),
    fix: "Choose another name.",
  });
}
