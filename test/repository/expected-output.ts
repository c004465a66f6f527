/** Reads from an example what it says it prints: the comments behind and directly below `console.log`. */

/**
 * The lines an example promises, in their order. `…` in a promise stands for anything.
 *
 * ```text
 * console.log(a, b); // one line
 * console.log(text);
 * // the first line
 * // and the second
 * ```
 */
export function promisedLines(code: string): string[] {
  const promised: string[] = [];
  let logging = false;
  let below = false;
  for (const line of code.split("\n")) {
    const comment = /^\s*\/\/ ?(.*)$/.exec(line)?.[1];
    if (below && comment !== undefined) {
      promised.push(comment.trimEnd());
      continue;
    }
    below = false;
    if (line.includes("console.log(")) logging = true;
    if (!logging || !/\)[;,]?(?:\s*\}\)?;?)?(?:\s+\/\/.*)?$/.test(line)) continue;
    logging = false;
    const behind = /\)[;,]?(?:\s*\}\)?;?)?\s+\/\/ (.*)$/.exec(line)?.[1];
    if (behind === undefined) below = true;
    else promised.push(behind.trimEnd());
  }
  return promised;
}

/** The promised lines that were not printed, each printed line keeping one promise. */
export function missingLines(promised: readonly string[], stdout: string): string[] {
  const printed = stdout.split("\n").map((line) => line.trimEnd());
  return promised.filter((promise) => {
    const index = printed.findIndex((line) => keeps(line, promise));
    if (index >= 0) printed.splice(index, 1);
    return index < 0;
  });
}

function keeps(line: string, promise: string): boolean {
  const [start = "", ...parts] = promise.split("…");
  if (parts.length === 0) return line === promise;
  if (!line.startsWith(start)) return false;
  let at = start.length;
  for (const part of parts) {
    const found = line.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return parts.at(-1) === "" || at === line.length;
}
