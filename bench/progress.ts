/** Says on stderr what is going on: in one line that is rewritten on a terminal, else a line each. */

/** Shows what is done now; nothing ends the line. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (text !== "") process.stderr.write(`${text}\n`);
}
