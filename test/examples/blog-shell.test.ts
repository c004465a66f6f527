/** The blog as somebody at a shell uses it: the bytes of `curl -F`, none of a browser's fields, answers to be read. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { suite, type TestContext, test } from "node:test";
import { type BlogUnderTest, blog } from "./blog-client.ts";
import { png } from "./pictures.ts";

const boundary = "------------------------d74496d66958873e";

/** A part as curl writes it: `-F name=value`, or `-F name=@file`. */
function part(name: string, value: string | Uint8Array, file?: string): Buffer {
  const disposition = `Content-Disposition: form-data; name="${name}"`;
  const head =
    file === undefined ? disposition : `${disposition}; filename="${file}"\r\nContent-Type: image/png`;
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from("\r\n"),
  ]);
}

interface Answer {
  readonly status: number;
  readonly head: string;
  readonly content: string;
}

/** One request over a socket of its own, and everything that comes back. */
async function curl(port: number, parts: readonly Buffer[], fields: string = ""): Promise<Answer> {
  const body = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  const head = `POST /posts HTTP/1.1\r\nHost: localhost:${port}\r\nUser-Agent: curl/8.14.1\r\n${fields || "Accept: */*\r\n"}Content-Length: ${body.length}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nConnection: close\r\n\r\n`;
  const socket = connect(port, "127.0.0.1");
  socket.write(head);
  socket.write(body);
  let received = "";
  for await (const bytes of socket) received += String(bytes);
  const [top = "", ...rest] = received.split("\r\n\r\n");
  return { status: Number(top.split(" ")[1]), head: top, content: rest.join("\r\n\r\n") };
}

async function served(context: TestContext): Promise<BlogUnderTest & { port: number }> {
  const tested = await blog(context);
  const server = await tested.app.listen({ port: 0, host: "127.0.0.1" });
  return { ...tested, port: Number(new URL(server.url).port) };
}

const title = part("title", "From a shell");
const content = part("content", "<h1>Hello</h1>\n\n<p>From a file.</p>\n");
const json = "Accept: application/json\r\n";

suite("the blog at a shell", () => {
  test("a post with a picture is published, and a line says where", async (context) => {
    const { client, port, pictures } = await served(context);
    const answer = await curl(port, [title, content, part("featured_image", png(), "image.png")]);
    assert.equal(answer.status, 303);
    assert.match(answer.head, /\r\nLocation: \/posts\/from-a-shell\r\n/i);
    assert.match(answer.head, /\r\nContent-Type: text\/plain/i);
    assert.equal(answer.content, "Published: /posts/from-a-shell\n");
    assert.equal((await readdir(pictures)).length, 1);
    const page = await (await client.get("/posts/from-a-shell")).text();
    assert.match(page, /<p>&lt;h1&gt;Hello&lt;\/h1&gt;<\/p>\s*<p>&lt;p&gt;From a file\.&lt;\/p&gt;<\/p>/);
  });

  test("who asks for JSON gets the post", async (context) => {
    const { port } = await served(context);
    const answer = await curl(port, [title, content, part("featured_image", png(), "image.png")], json);
    assert.equal(answer.status, 201);
    assert.match(answer.head, /\r\nLocation: \/posts\/from-a-shell\r\n/i);
    const post = JSON.parse(answer.content) as { slug: string; links: { picture: string } };
    assert.equal(post.slug, "from-a-shell");
    assert.match(post.links.picture, /^\/pictures\/[0-9a-f]{32}\.png$/);
  });

  test("what is wrong is told in lines", async (context) => {
    const { port } = await served(context);
    const answer = await curl(port, [part("featured_image", "text", "image.png")]);
    assert.equal(answer.status, 422);
    assert.match(answer.head, /\r\nContent-Type: text\/plain/i);
    assert.equal(
      answer.content,
      `422 That was not understood
title: Give the post a title.
content: Write something.
featured_image: “image.png” is not a PNG, JPEG, GIF or WebP picture.
`,
    );
  });

  test("and in JSON to who asks for it", async (context) => {
    const { port } = await served(context);
    const answer = await curl(port, [title], json);
    assert.equal(answer.status, 422);
    assert.match(answer.head, /\r\nContent-Type: application\/problem\+json\r\n/i);
    const problem = JSON.parse(answer.content) as { code: string; fields: object };
    assert.equal(problem.code, "LMP_VALIDATION_FAILED");
    assert.deepEqual(problem.fields, { content: ["Write something."] });
  });

  test("a file that is far too large is refused with the limit", async (context) => {
    const { port, pictures } = await served(context);
    const huge = part("featured_image", png(8, 8, 12_000_000), "image.png");
    const plain = await curl(port, [title, content, huge]);
    assert.equal(plain.status, 413);
    assert.equal(plain.content, "413 That was too much\nA picture may have at most 5 MB.\n");
    const problem = JSON.parse((await curl(port, [title, content, huge], json)).content) as {
      detail: string;
    };
    assert.equal(problem.detail, "A picture may have at most 5 MB.");
    assert.deepEqual(await readdir(pictures), []);
  });

  test("a form that is cut short is refused", async (context) => {
    const { port } = await served(context);
    const answer = await curl(port, [title, content.subarray(0, -2)]);
    assert.equal(answer.status, 400);
    assert.match(answer.content, /^400 That did not work\n/);
  });

  test("what another site sends is refused, whatever it sends", async (context) => {
    const { port } = await served(context);
    for (const fields of ["Origin: https://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"]) {
      const answer = await curl(port, [title, content], fields);
      assert.equal(answer.status, 403, fields);
    }
  });
});
