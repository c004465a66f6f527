/** The blog in a real browser: read, write with a mistake first, comment, edit, delete, without a complaint. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { App, html } from "limpid";
import type { Locator } from "playwright-core";
import { createApp } from "../../examples/blog/create-app.ts";
import { silent } from "./blog-client.ts";
import { launch, skip, watchedPage } from "./browser.ts";
import { temporaryFolder } from "./databases.ts";
import { png } from "./pictures.ts";

async function served(context: TestContext): Promise<string> {
  const folder = await temporaryFolder(context);
  const app = createApp({
    database: `sqlite:${join(folder, "blog.db")}`,
    pictures: join(folder, "pictures"),
    log: silent,
  });
  const { url } = await app.listen({ port: 0, host: "127.0.0.1" });
  context.after(() => app.close({ grace: 0 }));
  return url;
}

test("a reader reads, writes, comments, edits and deletes", { skip, timeout: 60_000 }, async (context) => {
  const url = await served(context);
  const { page, complaints } = await watchedPage(await launch(context));

  await page.goto(url);
  assert.equal(await page.locator(".teaser").count(), 5);
  await page.getByRole("link", { name: "Older →" }).click();
  await page.getByRole("link", { name: "A notebook beside the keyboard" }).click();
  assert.equal(await page.locator("h1").textContent(), "A notebook beside the keyboard");

  await page.getByRole("link", { name: "Write a post" }).click();
  await page.getByLabel("Text").fill("One line.\n\nAnother, <b>not bold</b>.");
  await page.getByRole("button", { name: "Publish" }).click();
  assert.equal(await page.getByRole("alert").isVisible(), true);
  assert.equal(await page.getByLabel("Title").getAttribute("aria-invalid"), "true");
  assert.equal(await page.getByLabel("Text").inputValue(), "One line.\n\nAnother, <b>not bold</b>.");
  await page.getByRole("alert").getByRole("link").click();
  assert.equal(await page.evaluate("document.activeElement.id"), "title");
  await page.getByLabel("Title").fill("Grüße <script>alert(1)</script>");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(`${url}/posts/${encodeURIComponent("grüße-script-alert-1-script")}`);
  assert.equal(await page.locator("h1").textContent(), "Grüße <script>alert(1)</script>");
  assert.deepEqual(await page.locator(".prose p").allTextContents(), [
    "One line.",
    "Another, <b>not bold</b>.",
  ]);

  await page.getByRole("button", { name: "Post comment" }).click();
  assert.equal(await page.locator(".field-wrong").count(), 2);
  await page.getByLabel("Your name").fill("Ada");
  await page.getByRole("textbox", { name: "Comment" }).fill("Well said.");
  await page.getByRole("button", { name: "Post comment" }).click();
  await page.waitForURL(/#comment-\d+$/);
  assert.match((await page.locator(".comment:target").textContent()) ?? "", /Ada[\s\S]*Well said\./);

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Title").fill("Greetings");
  await page.getByRole("button", { name: "Save" }).click();
  assert.equal(await page.locator("h1").textContent(), "Greetings");

  await page.getByRole("link", { name: "Delete …" }).click();
  assert.equal(await page.locator("h1").textContent(), "Delete “Greetings”?");
  await page.getByRole("link", { name: "Keep it" }).click();
  assert.equal(await page.locator("h1").textContent(), "Greetings");
  await page.getByRole("link", { name: "Delete …" }).click();
  await page.getByRole("button", { name: "Delete this post" }).click();
  await page.waitForURL(`${url}/`);
  assert.equal(await page.getByText("Greetings").count(), 0);
  assert.deepEqual(complaints, []);
});

test("a picture is shown before it is sent, in the post and in the list", {
  skip,
  timeout: 60_000,
}, async (context) => {
  const url = await served(context);
  const folder = await temporaryFolder(context);
  const path = join(folder, "<img src=x onerror=alert(1)> & my cat.png");
  await writeFile(path, png(60, 30));
  const { page, complaints } = await watchedPage(await launch(context));
  const input = page.getByLabel("Picture");
  const preview = page.locator("#preview");

  await page.goto(`${url}/posts/new`);
  assert.equal(await preview.isVisible(), false);
  await input.setInputFiles(path);
  await preview.getByRole("img").waitFor({ state: "visible" });
  assert.match(
    (await preview.textContent()) ?? "",
    /<img src=x onerror=alert\(1\)> & my cat\.png, 0\.0 MB\./,
  );
  assert.equal(await widthOf(preview.locator("img")), 60);
  await input.setInputFiles([]);
  await preview.waitFor({ state: "hidden" });

  await writeFile(join(folder, "text.png"), "no picture");
  await input.setInputFiles(join(folder, "text.png"));
  await preview.getByText("This file is not a picture that can be shown.").waitFor();
  await writeFile(join(folder, "large.png"), png(8, 8, 5_000_000));
  await input.setInputFiles(join(folder, "large.png"));
  await preview.getByText("large.png has 5.0 MB, which is too much.").waitFor();

  await input.setInputFiles(path);
  await page.getByLabel("Text").fill("Look.");
  await page.getByRole("button", { name: "Publish" }).click();
  assert.match((await page.locator("#featured_image-hint").textContent()) ?? "", /my cat\.png” again/);
  await page.getByLabel("Title").fill("My cat");
  await input.setInputFiles(path);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(`${url}/posts/my-cat`);
  assert.equal(await widthOf(page.locator("article img")), 60);

  await page.getByRole("link", { name: "Edit" }).click();
  assert.equal(await preview.getByText("The picture now.").isVisible(), true);
  await page.goto(url);
  assert.equal(await widthOf(page.locator(".teaser img").first()), 60);
  assert.deepEqual(complaints, []);
});

/** How wide a picture is by itself, once it is there; 0 for one that is broken. */
async function widthOf(image: Locator): Promise<number> {
  return image.evaluate(async (element) => {
    const shown = element as unknown as { decode(): Promise<void>; naturalWidth: number };
    await shown.decode().catch(() => {});
    return shown.naturalWidth;
  });
}

test("a page of another site cannot delete a post", { skip, timeout: 60_000 }, async (context) => {
  const url = await served(context);
  const evil = new App({ log: silent });
  evil.get("/", () => {
    return html`<form method="post" action="${url}/posts/sharpening-slowly/delete"><button>Win a prize</button></form>`;
  });
  const { url: elsewhere } = await evil.listen({ port: 0, host: "127.0.0.1" });
  context.after(() => evil.close({ grace: 0 }));

  const { page } = await watchedPage(await launch(context));
  await page.goto(`${url}/posts/sharpening-slowly`);
  await page.goto(elsewhere);
  const answer = page.waitForResponse(`${url}/posts/sharpening-slowly/delete`);
  await page.getByRole("button", { name: "Win a prize" }).click();
  assert.equal((await answer).status(), 403);
  assert.equal((await page.goto(`${url}/posts/sharpening-slowly`))?.status(), 200);
});

test("the forms work without scripts", { skip, timeout: 60_000 }, async (context) => {
  const url = await served(context);
  const browser = await launch(context);
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${url}/posts/new`);
  await page.getByLabel("Title").fill("Plain");
  await page.getByLabel("Text").fill("No script ran.");
  await page
    .getByLabel("Picture")
    .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from(png()) });
  await page.getByRole("button", { name: "Publish" }).click();
  assert.equal(await page.locator("article img").count(), 1);
  await page.getByRole("link", { name: "Delete …" }).click();
  await page.getByRole("button", { name: "Delete this post" }).click();
  await page.waitForURL(`${url}/`);
  assert.equal(await page.getByText("Plain", { exact: true }).count(), 0);
});

test("every page fits a narrow screen and has its style", { skip, timeout: 60_000 }, async (context) => {
  const url = await served(context);
  const { page, complaints } = await watchedPage(await launch(context), { width: 390 });
  const paths = [
    "/",
    "/posts/new",
    "/posts/read-the-error-message",
    "/posts/read-the-error-message/edit",
    "/posts/read-the-error-message/delete",
    "/posts/zürich-before-seven",
    "/posts/zürich-before-seven/edit",
    "/nowhere",
  ];
  const assertFits = async (where: string): Promise<void> => {
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390, where);
    assert.equal(await page.evaluate("getComputedStyle(document.body).margin"), "0px", where);
    assert.equal(await page.locator("h1").count(), 1, where);
  };
  for (const path of paths) {
    await page.goto(url + path);
    await assertFits(path);
  }

  const long = "Donaudampfschifffahrtsgesellschaft".repeat(3);
  await page.goto(`${url}/posts/new`);
  await page.getByLabel("Text").fill(long);
  await page.getByRole("button", { name: "Publish" }).click();
  await assertFits("a form with mistakes");
  await page.getByLabel("Title").fill(long);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("heading", { level: 1, name: long }).waitFor();
  await assertFits("a post of one word");
  await page.getByLabel("Your name").fill("W".repeat(60));
  await page.getByRole("textbox", { name: "Comment" }).fill(long);
  await page.getByRole("button", { name: "Post comment" }).click();
  await page.waitForURL(/#comment-\d+$/);
  await assertFits("a comment of one word");
  await page.getByRole("link", { name: "Delete …" }).click();
  await assertFits("the question before it is deleted");
  await page.goto(url);
  await assertFits("a list with a title of one word");
  assert.deepEqual(complaints, []);
});

test("what was done is said once, where screen readers look for it", {
  skip,
  timeout: 60_000,
}, async (context) => {
  const url = await served(context);
  const { page, complaints } = await watchedPage(await launch(context), { width: 390 });
  const notice = page.getByRole("status").filter({ hasText: "Your post is published." });
  await page.goto(`${url}/posts/new`);
  const title = `<script>alert(1)</script> & "others" 'too'`;
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Text").fill("News.");
  await page.getByRole("button", { name: "Publish" }).click();
  await notice.waitFor();
  assert.equal(await page.title(), `${title} · Still Water`);
  await page.reload();
  assert.equal(await notice.count(), 0);
  await page.goto(url);
  await page.getByRole("link", { name: title, exact: true }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  assert.equal(await page.getByLabel("Title").inputValue(), title);
  assert.deepEqual(complaints, []);
});

test("a touch anywhere on a card leads to its post, and on its comments to them", {
  skip,
  timeout: 60_000,
}, async (context) => {
  const url = await served(context);
  const { page } = await watchedPage(await launch(context), { width: 390 });
  const card = page.locator(".teaser").first();
  await page.goto(url);
  await card.click({ position: { x: 150, y: 60 } });
  await page.waitForURL(`${url}/posts/what-the-tide-table-knows`);
  await page.goBack();
  await card.getByRole("link", { name: "2 comments" }).click();
  await page.waitForURL(`${url}/posts/what-the-tide-table-knows#comments`);
});

test("the keyboard reaches the text first", { skip, timeout: 60_000 }, async (context) => {
  const url = await served(context);
  const { page } = await watchedPage(await launch(context));
  await page.goto(url);
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(":focus").textContent(), "Skip to the text");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate("document.activeElement.id"), "main");
});
