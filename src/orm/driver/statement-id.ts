/** Numbers for statements, by which drivers keep what they prepared. */

let last = 0;

/** A number that no other statement of the process has. */
export function nextStatementId(): number {
  last += 1;
  return last;
}
