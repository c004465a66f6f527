/** Reads the statuses out of what a server has sent, strictly: a response that does not add up is an error. */

/** The final statuses in order; throws an error that says what does not add up. */
export function statusesIn(text: string, methods: readonly string[]): number[] {
  const statuses: number[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\r\n\r\n", at);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text.slice(at, at + 13))?.[1] ?? 0);
    if (end === -1 || status === 0)
      throw new Error(`no response at ${at}: ${JSON.stringify(text.slice(at, at + 80))}`);
    const length = /\r\nContent-Length: (\d+)\r\n/i.exec(text.slice(at, end + 2))?.[1];
    at = end + 4;
    if (status < 200) continue;
    if (length === undefined) throw new Error(`a response with status ${status} has no length`);
    if (methods[statuses.length] !== "HEAD") at += Number(length);
    statuses.push(status);
  }
  if (at > text.length) throw new Error("the last response is cut off");
  return statuses;
}
