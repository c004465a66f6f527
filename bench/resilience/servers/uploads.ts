/** The server of the upload script: takes a file to disk through `form()`, and tells what it holds. */
import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "limpid/app";
import { Server } from "limpid/server";
import { collectGarbage, perform } from "../apparatus/tasks.ts";

const place = mkdtempSync(join(tmpdir(), "uploads-"));
const limits = { fileBytes: 1e12, requestBytes: 1e12 };
const app = new App();

app.post("/disk", { bodyLimit: 1e12 }, async (request) => {
  const file = (await request.form({ limits, temporaryFolder: place })).files.get("file");
  const path = (await file?.saveIn(place)) ?? "";
  return { path, size: file?.size };
});

const names = (): string[] => readdirSync(place, { recursive: true }).map(String);
/** Temporary and saved files; the folder of the process stays. */
const files = (): string[] => names().filter((name) => /[0-9a-f]{32}/.test(name));

perform({
  async listen(): Promise<number> {
    const server = new Server(app, { host: "127.0.0.1" });
    await server.listen();
    return server.address?.port ?? 0;
  },
  async digest(path: string): Promise<string> {
    const hash = createHash("sha256");
    for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
    return hash.digest("hex");
  },
  files: () => files().length,
  descriptors: () => readdirSync("/proc/self/fd").length,
  residentBytes: () => process.memoryUsage().rss,
  collectGarbage,
  clear: () => {
    for (const name of files()) rmSync(join(place, name), { force: true });
  },
  remove: () => rmSync(place, { recursive: true, force: true }),
});
