/** The blog in a real browser: read, write with a mistake first, comment, edit, delete, without a complaint. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createApp } from "../../examples/blog/create-app.ts";
import { silent, temporaryFolder } from "./blog-client.ts";
import { launch, skip, watchedPage } from "./browser.ts";

async function served(context: TestContext): Promise<string> {
  const app = createApp({ database: join(await temporaryFolder(context), "blog.db"), log: silent });
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

  const remove = page.getByRole("button", { name: "Delete this post" });
  assert.equal(await remove.isVisible(), false);
  await page.getByText("Delete …").click();
  await remove.click();
  await page.waitForURL(`${url}/`);
  assert.equal(await page.getByText("Greetings").count(), 0);
  assert.deepEqual(complaints, []);
});

test("every page fits a narrow screen and has its style", { skip, timeout: 60_000 }, async (context) => {
  const url = await served(context);
  const { page, complaints } = await watchedPage(await launch(context), { width: 390 });
  const paths = [
    "/",
    "/posts/new",
    "/posts/read-the-error-message",
    "/posts/read-the-error-message/edit",
    "/nowhere",
  ];
  for (const path of paths) {
    await page.goto(url + path);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390, path);
    assert.equal(await page.evaluate("getComputedStyle(document.body).margin"), "0px", path);
    assert.equal(await page.locator("h1").count(), 1, path);
  }
  assert.deepEqual(complaints, []);
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
