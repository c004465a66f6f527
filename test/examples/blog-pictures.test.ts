/** Pictures of posts: what is taken, under which name it is kept, how it is served, and when it goes. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { blog, modes } from "./blog-client.ts";
import { png } from "./pictures.ts";

/** The form of a post, with a file where there is one. */
function postOf(fields: Record<string, string>, file?: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append("featured_image", file);
  return form;
}

const post = { title: "My cat", content: "Look." };
const ascii = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "latin1"));
const pictureIn = (page: string): string => /<img class="picture[^"]*" src="([^"]+)"/.exec(page)?.[1] ?? "";

/** Temporary files of forms that are left, of this process alone: others upload at the same time. */
async function temporaryFiles(): Promise<string[]> {
  const folders = (await readdir(tmpdir())).filter(
    (name) => name.startsWith("limpid-forms.") && name.includes(`.${process.pid}.`),
  );
  const left = await Promise.all(folders.map((name) => readdir(join(tmpdir(), name))));
  return left.flat();
}

for (const mode of modes) {
  suite(`the blog's pictures ${mode.name}`, { skip: mode.skip }, () => {
    test("a picture is shown in list and post, and served as what it is under a name nobody chose", async (context) => {
      const { client, pictures } = await blog(context, mode);
      const bytes = png(80, 60, 100_000);
      const file = new File([bytes], "../../index.html", { type: "text/html" });
      assert.equal((await client.post("/posts", { body: postOf(post, file) })).status, 303);
      const address = pictureIn(await (await client.get("/posts/my-cat")).text());
      assert.match(address, /^\/pictures\/[0-9a-f]{32}\.png$/);
      assert.equal(pictureIn(await (await client.get("/")).text()), address);
      assert.deepEqual(await readdir(pictures), [address.slice("/pictures/".length)]);

      const served = await client.get(address);
      assert.equal(served.status, 200);
      assert.equal(served.headers.get("content-type"), "image/png");
      assert.equal(served.headers.get("x-content-type-options"), "nosniff");
      assert.match(served.headers.get("content-security-policy") ?? "", /default-src 'none'/);
      assert.match(served.headers.get("cache-control") ?? "", /immutable/);
      assert.deepEqual(Buffer.from(await served.bytes()), Buffer.from(bytes));
      assert.deepEqual(
        Buffer.from(await readFile(join(pictures, ...(await readdir(pictures))))),
        Buffer.from(bytes),
      );
      const resource = await (await client.get("/api/posts/my-cat")).json<{ links: { picture: string } }>();
      assert.equal(resource.links.picture, address);
      assert.deepEqual(await temporaryFiles(), []);
    });

    test("the kind follows from the first bytes, whatever name and type say", async (context) => {
      const { client } = await blog(context, mode);
      const kinds = {
        "image/jpeg": "\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        "image/gif": "GIF89a\x01\x00\x01\x00",
        "image/webp": "RIFF\x0a\x00\n\x00WEBPVP8 ",
      };
      for (const [type, beginning] of Object.entries(kinds)) {
        const file = new File([ascii(beginning)], "a.exe", { type: "application/x-msdownload" });
        const sent = await client.post("/posts", { body: postOf(post, file) });
        const page = await client.get(sent.headers.get("location") ?? "");
        const served = await client.get(pictureIn(await page.text()));
        assert.equal(served.headers.get("content-type"), type);
      }
    });

    test("what is no picture comes back with the form, and leaves nothing behind", async (context) => {
      const { client, pictures } = await blog(context, mode);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
      const fakes = [
        new File(["<!doctype html><script>alert(1)</script>"], "cat.png", { type: "image/png" }),
        new File([svg], "cat.svg", { type: "image/svg+xml" }),
        new File([], "empty.png", { type: "image/png" }),
        new File([ascii("RIFF\x00\x00\x00\x00WAVE")], "sound.webp", { type: "image/webp" }),
        new File([ascii(" \x89PNG\r\n\x1a\n")], "shifted.png", { type: "image/png" }),
        new File([new Uint8Array(200_000)], "zeros.png", { type: "image/png" }),
      ];
      for (const fake of fakes) {
        const response = await client.post("/posts", { body: postOf(post, fake) });
        assert.equal(response.status, 422, fake.name);
        const page = await response.text();
        assert.ok(page.includes(`“${fake.name}” is not a PNG, JPEG, GIF or WebP picture.`), fake.name);
        assert.match(
          page,
          /id="featured_image"[^>]* aria-describedby="featured_image-hint featured_image-error"/,
        );
        assert.match(page, /value="My cat"[\s\S]*>\nLook\.<\/textarea>/);
      }
      const text = await client.post("/posts", { form: { ...post, featured_image: "cat.png" } });
      assert.match(await text.text(), /Send the picture as a file\./);
      assert.deepEqual(await readdir(pictures), []);
      assert.deepEqual(await temporaryFiles(), []);
    });

    test("a picture that is too large is refused with the limit", async (context) => {
      const { client, pictures } = await blog(context, mode);
      const large = await client.post("/posts", {
        body: postOf(post, new File([png(8, 8, 5_000_000)], "a.png")),
      });
      assert.equal(large.status, 422);
      assert.match(await large.text(), /id="featured_image-error">A picture may have at most 5 MB\.</);
      const huge = await client.post("/posts", {
        body: postOf(post, new File([png(8, 8, 11_000_000)], "a.png")),
      });
      assert.equal(huge.status, 413);
      assert.match(await huge.text(), /<h1>That was too much<\/h1>\s*<p>A picture may have at most 5 MB\.</);
      const two = postOf(post, new File([png()], "a.png"));
      two.append("featured_image", new File([png()], "b.png"));
      assert.equal((await client.post("/posts", { body: two })).status, 413);
      assert.deepEqual(await readdir(pictures), []);
      assert.deepEqual(await temporaryFiles(), []);
    });

    test("a picture is kept, replaced and taken away with the form, and goes with its post", async (context) => {
      const { client, pictures } = await blog(context, mode);
      const file = () => new File([png()], "a.png");
      await client.post("/posts", { body: postOf(post, file()) });
      const [first] = await readdir(pictures);
      await client.post("/posts/my-cat", { body: postOf({ ...post, title: "Our cat" }) });
      assert.deepEqual(await readdir(pictures), [first]);
      await client.post("/posts/my-cat", { body: postOf(post, file()) });
      const [second, ...others] = await readdir(pictures);
      assert.notEqual(second, first);
      assert.deepEqual(others, []);
      assert.equal((await client.get(`/pictures/${first}`)).status, 404);
      await client.post("/posts/my-cat", { body: postOf({ ...post, remove_image: "on" }) });
      assert.deepEqual(await readdir(pictures), []);
      assert.equal(pictureIn(await (await client.get("/posts/my-cat")).text()), "");

      await client.post("/posts/my-cat", { body: postOf(post, file()) });
      assert.match(
        await (await client.get("/posts/my-cat/delete")).text(),
        /deletes the post and its picture\./,
      );
      await client.post("/posts/my-cat/delete");
      assert.deepEqual(await readdir(pictures), []);
      await client.post("/posts", { body: postOf(post, file()) });
      await client.delete("/api/posts/my-cat");
      assert.deepEqual(await readdir(pictures), []);
    });

    test("a post that is gone meanwhile takes no picture", async (context) => {
      const { client, pictures } = await blog(context, mode);
      const file = new File([png()], "a.png");
      assert.equal((await client.post("/posts/never", { body: postOf(post, file) })).status, 404);
      assert.deepEqual(await readdir(pictures), []);
    });

    test("the folder of pictures shows nothing else", async (context) => {
      const { client } = await blog(context, mode);
      for (const name of ["", "..%2fblog.db", "blog.db", `${"0".repeat(32)}.png`, `${"0".repeat(32)}.html`]) {
        const { status } = await client.get(`/pictures/${name}`);
        assert.ok(status === 404 || status === 400, `${name}: ${status}`);
      }
    });

    test("the first posts' pictures are files of the blog, and stay when a post goes", async (context) => {
      const { client } = await blog(context, mode);
      const address = pictureIn(await (await client.get("/posts/z%C3%BCrich-before-seven")).text());
      assert.match(address, /^\/static\/pictures\/lake\.[\da-f]{8}\.svg$/);
      assert.equal((await client.get(address)).headers.get("content-type"), "image/svg+xml");
      await client.post("/posts/z%C3%BCrich-before-seven/delete");
      assert.equal((await client.get(address)).status, 200);
    });
  });
}
