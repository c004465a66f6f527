/** Opens a page in Chromium as a visitor would, and tells what the attacker got. */
import { type Browser, chromium } from "playwright-core";
import { attacker, type Context } from "./contexts.ts";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
];
const origin = "http://victim.example";
/** A page is watched for so long after it is there, because frames and pictures come later. */
const patience = 150;

/** Starts the browser. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
}

/** What a page did, in the words of the table. */
export async function visit(browser: Browser, markup: string, { click, gain }: Context): Promise<string> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const found = new Set<string>();
  page.setDefaultTimeout(2000);
  page.on("dialog", (dialog) => {
    found.add("runs");
    void dialog.dismiss();
  });
  page.on("pageerror", () => found.add("breaks the script"));
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.hostname === attacker) found.add("loads");
    if (url.pathname !== "/" || url.origin !== origin) return route.fulfill({ status: 404, body: "" });
    return route.fulfill({ contentType: "text/html; charset=utf-8", body: markup });
  });
  try {
    await page.goto(origin);
    if (gain !== undefined && (await page.evaluate(gain.expression))) found.add(gain.words);
    if (click !== undefined) await page.click(click, { noWaitAfter: true });
    await page.waitForTimeout(patience);
  } finally {
    await context.close();
  }
  const order = ["runs", "loads", ...(gain === undefined ? [] : [gain.words]), "breaks the script"];
  return order.find((words) => found.has(words)) ?? "harmless";
}
