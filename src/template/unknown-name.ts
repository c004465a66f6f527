/** Names of filters, tests and variables that are not there, with the one that was probably meant. */
import { TemplateError } from "./template-error.ts";

export function unknownFilter(name: string, known: Iterable<string>): TemplateError {
  return new TemplateError("LMP_TEMPLATE_FILTER_UNKNOWN", `There is no filter \`${name}\`.`, {
    expected: "a built-in filter, or one given to the environment",
    found: name,
    fix: remedy(name, known, "Give it to the environment under `filters`."),
  });
}

export function unknownTest(name: string, known: Iterable<string>): TemplateError {
  return new TemplateError("LMP_TEMPLATE_TEST_UNKNOWN", `There is no test \`${name}\`.`, {
    expected: "a built-in test, or one given to the environment",
    found: name,
    fix: remedy(name, known, "Give it to the environment under `tests`."),
  });
}

/** "Did you mean", or else what to do. */
export function remedy(name: string, known: Iterable<string>, otherwise: string): string {
  const meant = nearest(name, known);
  return meant === undefined ? otherwise : `Did you mean \`${meant}\`?`;
}

/** The known name that is fewest slips away, if it is near enough to have been meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(name.length / 2) + 1);
  for (const candidate of known) {
    const slips = distance(name.toLowerCase().slice(0, 60), candidate.toLowerCase().slice(0, 60));
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that make one text of the other. */
function distance(left: string, right: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, (older[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    older = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}
