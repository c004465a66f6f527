/** nginx with the configuration of `docs/deploy.md`: nothing but addresses and paths of the document is replaced. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

const program = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"].find((path) =>
  existsSync(path),
);

/** Why tests behind nginx are skipped here, or false; on CI a missing nginx is a failure. */
export const skip: string | false =
  program !== undefined || process.env.CI === "true"
    ? false
    : "there is no nginx; on Debian: apt-get install nginx-light";

/** The ports of a running nginx. */
export interface Nginx {
  readonly http: number;
  readonly https: number;
}

/** Starts nginx in front of `upstream`, an address as nginx writes it, and ends it with the test. */
export async function startNginx(t: TestContext, upstream: string): Promise<Nginx> {
  assert.ok(program !== undefined, "nginx is not installed");
  const folder = mkdtempSync(join(tmpdir(), "limpid-nginx-"));
  const ports = { http: await freePort(), https: await freePort() };
  writeFileSync(join(folder, "nginx.conf"), configuration(folder, upstream, ports));
  const child = spawn(
    program,
    ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const exit = once(child, "exit");
  t.after(async () => {
    child.kill("SIGTERM");
    await exit;
    rmSync(folder, { recursive: true, force: true });
  });
  await Promise.race([
    listening(ports.https),
    exit.then(() => assert.fail(readFileSync(join(folder, "error.log"), "utf8"))),
  ]);
  return ports;
}

function configuration(folder: string, upstream: string, ports: Nginx): string {
  const fixture = (name: string): string =>
    fileURLToPath(new URL(`../../tcp/fixtures/${name}`, import.meta.url));
  const replacements = {
    "server unix:/run/app/app.sock;": `server ${upstream};`,
    "listen 80;": `listen 127.0.0.1:${ports.http};`,
    "listen 443 ssl http2;": `listen 127.0.0.1:${ports.https} ssl http2;`,
    "/etc/ssl/app/fullchain.pem": fixture("localhost.crt"),
    "/etc/ssl/app/key.pem": fixture("localhost.key"),
  };
  let text = documented();
  for (const [written, here] of Object.entries(replacements)) {
    assert.ok(text.includes(written), `docs/deploy.md says \`${written}\``);
    text = text.replace(written, here);
  }
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi;
    scgi_temp_path ${folder}/scgi;
${text}
}
`;
}

function documented(): string {
  const guide = readFileSync(new URL("../../../docs/deploy.md", import.meta.url), "utf8");
  const [, block] = /^```nginx\n([\s\S]*?)^```$/m.exec(guide) ?? [];
  return block ?? assert.fail("docs/deploy.md has no configuration of nginx");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const connected = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (connected) return;
    await new Promise((later) => setTimeout(later, 20));
  }
}
