/** The error page of development: the source around the throw, the request, the route and the stack. */
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { HttpError, LimpidError } from "../errors/index.ts";
import { isSecretName, REDACTED, redactText } from "../log/index.ts";
import { type Html, type Request, Response, raw } from "../message/index.ts";
import { html, TemplateError } from "../template/index.ts";

/** A place in a source file. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/** Lines shown on either side of the throw. */
const AROUND = 6;

/** A page that explains an error to whoever is writing the application. Never sent outside development. */
export async function developmentPage(
  error: unknown,
  request: Request,
  pattern: string | undefined,
): Promise<Response> {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const place = placeIn(thrown);
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${thrown.name}: ${sentenceOf(thrown)}</title>${style}</head><body><main>
<p class="kind">${thrown.name}${thrown instanceof LimpidError ? ` · ${thrown.code}` : ""}</p>
<h1>${sentenceOf(thrown)}</h1>
${thrown instanceof LimpidError ? details(thrown) : null}
${place === undefined ? null : await excerpt(place)}
<h2>Stack</h2><pre>${redactText(thrown.stack ?? "")}</pre>
${thrown.cause instanceof Error ? html`<h2>Cause</h2><pre>${redactText(thrown.cause.stack ?? thrown.cause.message)}</pre>` : null}
<h2>Request</h2><table>
<tr><th>Request</th><td>${request.method} ${redactText(request.target)}</td></tr>
<tr><th>Route</th><td>${pattern ?? "no route matched"}</td></tr>
<tr><th>Id</th><td>${request.id}</td></tr>
${[...request.headers].map(([name, value]) => html`<tr><th>${name}</th><td>${isSecretName(name) ? REDACTED : redactText(value)}</td></tr>`)}
</table></main></body></html>`;
  const known = error instanceof HttpError ? error : new HttpError(500);
  const response = Response.html(page, {
    status: known.status,
    headers: {
      ...known.headers,
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
      "Cache-Control": "no-store",
    },
  });
  response.error = error;
  return response;
}

/** What went wrong, in a line: the excerpt of a template stands below it anyway. */
function sentenceOf(error: Error): string {
  const text = error instanceof TemplateError ? error.sentence : error.message;
  return text || "An error without a message";
}

/** A template knows where its error is; of others the stack tells. */
function placeIn(error: Error): Place | undefined {
  if (error instanceof TemplateError && error.file !== undefined && error.line !== undefined) {
    return { file: error.file, line: error.line };
  }
  return placeOf(error.stack ?? "");
}

/** The first frame of the stack that is the application's: not Node's, and not in `node_modules`. */
function placeOf(stack: string): Place | undefined {
  for (const line of stack.split("\n").slice(1)) {
    const frame = /(file:\/\/[^\s)]+|\/[^\s)]+):(\d+):\d+\)?$/.exec(line);
    if (!frame?.[1] || frame[1].includes("/node_modules/") || frame[1].includes("node:")) continue;
    const file = frame[1].startsWith("file:") ? fileURLToPath(frame[1]) : frame[1];
    return { file, line: Number(frame[2]) };
  }
  return undefined;
}

async function excerpt({ file, line }: Place): Promise<Html | null> {
  const source = await readFile(file, "utf8").catch(() => undefined);
  if (source === undefined) return null;
  const first = Math.max(1, line - AROUND);
  const lines = source.split("\n").slice(first - 1, line + AROUND);
  const numbered = lines.map((text, index) => {
    const number = first + index;
    const shown = `${String(number).padStart(5)}  ${text}\n`;
    return number === line ? html`<mark>${shown}</mark>` : shown;
  });
  return html`<h2>${relative(process.cwd(), file)}:${line}</h2><pre>${numbered}</pre>`;
}

function details(error: LimpidError): Html {
  const rows = [
    ["Expected", error.expected],
    ["Found", error.found],
    ["Fix", error.fix],
  ] as const;
  return html`<table>${rows.map(([name, text]) => (text === undefined ? null : html`<tr><th>${name}</th><td>${text}</td></tr>`))}</table>`;
}

const style = raw(`<style>body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#faf9f7;color:#1c1b1a}
main{max-width:72rem;margin:0 auto;padding:2rem 1.25rem}h1{margin:.2em 0 .8em;font-size:1.7rem;overflow-wrap:anywhere}
h2{margin:2em 0 .5em;font-size:1rem}.kind{margin:0;color:#b3261e;font-weight:600}
pre{overflow-x:auto;padding:1rem;border-radius:8px;background:#fff;border:1px solid #e3e0da;font:13px/1.6 ui-monospace,monospace}
mark{display:block;background:#fde7e4;color:inherit}table{border-collapse:collapse;width:100%}
th,td{padding:.35rem .75rem .35rem 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:12rem;font-weight:600}
@media(prefers-color-scheme:dark){body{background:#191817;color:#ece9e4}pre{background:#22211f;border-color:#3a3835}mark{background:#5a221d}.kind{color:#ff8a80}}</style>`);
