/** Files over HTTP in seventy lines: one place to look, a tag to compare, a part to send. */
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { Request, Response } from "limpid/message";

const types: Record<string, string> = { ".css": "text/css", ".txt": "text/plain" };

function serve(folder: string) {
  const root = realpathSync(folder);

  return async (request: Request): Promise<Response> => {
    const place = join(root, request.path);
    const file = await open(place).catch(() => undefined);
    if (file === undefined) return new Response("There is no such file.", { status: 404 });
    try {
      const stats = await file.stat();
      // A link, or a directory, is not at the place where it was looked for, or is no file.
      if ((await realpath(place)) !== place || !stats.isFile()) {
        return new Response("There is no such file.", { status: 404 });
      }
      const tag = `"${stats.size.toString(36)}-${stats.mtimeMs.toString(36)}"`;
      const headers = { "Content-Type": types[extname(place)] ?? "application/octet-stream", ETag: tag };
      if (request.headers.get("if-none-match") === tag) return new Response(null, { status: 304, headers });
      const content = await file.readFile();
      const part = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "");
      if (part === null) return new Response(content, { headers });
      const [first, last] = [Number(part[1]), Math.min(Number(part[2]), stats.size - 1)];
      const range = `bytes ${first}-${last}/${stats.size}`;
      const body = content.subarray(first, last + 1);
      return new Response(body, { status: 206, headers: { ...headers, "Content-Range": range } });
    } finally {
      await file.close();
    }
  };
}

const folder = mkdtempSync(join(tmpdir(), "journey-"));
writeFileSync(join(folder, "tea.txt"), "Tea keeps us awake.");
symlinkSync("/etc/passwd", join(folder, "link.txt"));
const handler = serve(folder);

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await handler(new Request(path, { headers }));
  const told = response.headers.get("content-range") ?? "";
  console.log(`${path.padEnd(11)} ${response.status}  ${told.padEnd(12)}  ${await response.text()}`.trim());
  return response;
}

const first = await ask("/tea.txt");
await ask("/tea.txt", { "If-None-Match": first.headers.get("etag") ?? "" });
await ask("/tea.txt", { Range: "bytes=0-2" });
await ask("/link.txt");
await ask("/coffee.txt");
rmSync(folder, { recursive: true });
