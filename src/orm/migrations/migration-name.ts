/** What a new migration is called: the time, and what it does. */
import { LimpidError } from "../../errors/index.ts";
import type { Operation } from "../schema/operations.ts";
import { describeOperation } from "./describe-operation.ts";

/** Characters of what is made from the operations. */
const LENGTH = 40;

/** `20261121-1530-add-posts`, in UTC. Throws `LMP_ORM_OPTION_INVALID` for a name that is no file's. */
export function migrationName(
  given: string | undefined,
  operations: readonly Operation[],
  now: Date,
): string {
  const [date = "", time = ""] = now.toISOString().split("T");
  const stamp = `${date.replaceAll("-", "")}-${time.slice(0, 5).replace(":", "")}`;
  if (given === undefined) return `${stamp}-${nameOf(operations)}`;
  if (/^[a-z0-9][a-z0-9_-]{0,99}$/i.test(given)) return `${stamp}-${given}`;
  throw new LimpidError("LMP_ORM_OPTION_INVALID", "A migration cannot have this name.", {
    expected: "letters, digits, - and _, such as add-posts",
    found: JSON.stringify(given),
    fix: "Choose another --name.",
  });
}

/** The first of these that a migration does names it. */
const telling: readonly string[] = [
  "createTable",
  "renameTable",
  "dropTable",
  "addColumn",
  "renameColumn",
  "dropColumn",
  "alterColumn",
];

function nameOf(operations: readonly Operation[]): string {
  const rank = ({ kind }: Operation): number =>
    telling.includes(kind) ? telling.indexOf(kind) : telling.length;
  const [first, ...others] = operations.toSorted((left, right) => rank(left) - rank(right));
  if (first === undefined) return "change";
  const words = describeOperation(first)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return `${words.slice(0, LENGTH)}${others.length === 0 ? "" : "-and-more"}`.replace(/^-|-$/g, "");
}
