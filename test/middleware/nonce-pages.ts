/** An application that answers with one page in every way there is, and the ways to ask it. */
import { createServer } from "node:http";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import {
  App,
  type Application,
  compress,
  conditional,
  Html,
  HttpError,
  type Middleware,
  Response,
  secureHeaders,
  timeout,
  toFetchHandler,
  toNodeListener,
} from "limpid";
import { HtmlStream } from "limpid/message";
import { TestClient } from "limpid/testing";

/** What a client has got: the fields as lines, and the content decompressed. */
export interface Answer {
  readonly status: number;
  readonly fields: string;
  readonly text: string;
  /** What `Content-Security-Policy` says. */
  readonly nonce: string | undefined;
}

export type Ask = (path: string, method: "GET" | "HEAD", fields: Record<string, string>) => Promise<Answer>;

const pass: Middleware = (_request, next) => next();
const later: Middleware = async (_request, next) => {
  await Promise.resolve();
  return next();
};
const named: Middleware = async (_request, next) => {
  const response = await next();
  response.headers.set("X-Seen", "yes");
  return response;
};

/** `page()` gives the markup, with its places, that the next answers are made of. */
export function nonceApplication(page: () => string, secure: boolean): App {
  const app = new App();
  const html = (): Html => Html.withNoncePlaces(page());
  const stream = (): HtmlStream =>
    new HtmlStream(async function* () {
      // Between two tags nothing can be cut that belongs together.
      yield* page().split(/(?=<)/);
    });
  app.use(compress({ threshold: 0 }));
  if (secure) app.use(secureHeaders());
  app.use(conditional({ private: true }));
  app.get("/html", html);
  app.get("/promised", async () => html());
  app.get("/response", () => Response.html(html(), { status: 422 }));
  app.get("/new", () => new Response(html(), { headers: { "Cache-Control": "max-age=60" } }));
  app.get("/tagged", () =>
    Response.html(html(), { headers: { ETag: '"1"', "Cache-Control": "max-age=60" } }),
  );
  app.get("/stream", stream);
  app.get("/streamed-response", () => Response.stream(stream()));
  app.get("/five", { use: [pass, later, named, timeout(5000), pass] }, async () => Response.html(html()));
  app.get("/instead", { use: [async (_request, next) => (await next()) && html()] }, () => "other");
  app.get("/web", () => new globalThis.Response(`${html()}`, { headers: { "Content-Type": "text/html" } }));
  app.get("/json", () => ({ page: html(), again: [html()] }));
  app.get("/text", () => `${html()}`);
  app.get("/failing", () => Promise.reject(new HttpError(418)));
  app.onError(418, html);
  app.get("/failing-late", () => Promise.reject(new HttpError(409)));
  app.onError(409, async () => Response.html(html(), { status: 409 }));
  app.mount("/inner", new App().get("/page", html) as App);
  app.mount("/plain", { handle: async () => Response.html(html()) });
  return app;
}

/** Paths whose content is the page, and gets a nonce. */
export const pagePaths: readonly string[] = [
  ...["/html", "/promised", "/response", "/new", "/tagged", "/stream", "/streamed-response", "/five"],
  ...["/instead", "/failing", "/failing-late", "/inner/page", "/plain"],
];

/** Paths whose content holds the page as text; it has no nonce. */
export const textPaths: readonly string[] = ["/web", "/json", "/text"];

/** Each way to ask this application. */
export async function waysTo(
  app: Application,
): Promise<{ ways: Map<string, Ask>; close: () => Promise<void> }> {
  const memory = new TestClient(app);
  const socket = new TestClient(app, { socket: true });
  const handler = toFetchHandler(app);
  const node = createServer(toNodeListener(app)).listen(0, "127.0.0.1");
  await new Promise((listening) => node.once("listening", listening));
  const { port } = node.address() as { port: number };
  const ways = new Map<string, Ask>([
    ["TestClient", (path, method, headers) => memory.request(method, path, { headers }).then(answerOf)],
    ["a socket", (path, method, headers) => socket.request(method, path, { headers }).then(answerOf)],
    [
      "toFetchHandler",
      (path, method, headers) =>
        handler(new globalThis.Request(`http://localhost${path}`, { method, headers })).then(answerOf),
    ],
    [
      "toNodeListener",
      // fetch of the platform decompresses, and says so by leaving the field.
      (path, method, headers) =>
        fetch(`http://127.0.0.1:${port}${path}`, { method, headers }).then((response) =>
          answerOf(response, true),
        ),
    ],
  ]);
  const close = async (): Promise<void> => {
    await Promise.all([memory.close(), socket.close()]);
    node.closeAllConnections();
    node.close();
  };
  return { ways, close };
}

async function answerOf(
  response: Pick<globalThis.Response, "status" | "statusText" | "arrayBuffer"> & {
    headers: Iterable<[string, string]>;
  },
  decoded = false,
): Promise<Answer> {
  const fields = [...response.headers];
  const content = Buffer.from(await response.arrayBuffer());
  const coding = fields.find(([name]) => name.toLowerCase() === "content-encoding")?.[1];
  const policy = fields.find(([name]) => name.toLowerCase() === "content-security-policy")?.[1];
  return {
    status: response.status,
    fields: fields.map(([name, value]) => `${name}: ${value}`).join("\n"),
    text: String(decoded || content.length === 0 ? content : decompressed(content, coding)),
    nonce: /'nonce-([^']+)'/.exec(policy ?? "")?.[1],
  };
}

function decompressed(content: Buffer, coding: string | undefined): Buffer {
  if (coding === "br") return brotliDecompressSync(content);
  if (coding === "gzip") return gunzipSync(content);
  return coding === "zstd" ? zstdDecompressSync(content) : content;
}
