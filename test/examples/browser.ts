/** Headless Chromium for the tests that need a reader's eyes. */
import { existsSync } from "node:fs";
import type { TestContext } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = "/usr/bin/chromium";
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Why tests in a browser are skipped here, or false; on CI a missing browser is a failure. */
export const skip: string | false =
  existsSync(executablePath) || process.env.CI === "true"
    ? false
    : `there is no browser at ${executablePath}; on Debian: apt-get install chromium`;

/** A page, and everything that its browser complained about. */
export interface Watched {
  readonly page: Page;
  readonly complaints: string[];
}

/** A browser that is closed after the test. */
export async function launch(context: TestContext): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: flags });
  context.after(() => browser.close());
  return browser;
}

/** Opens a page. Errors, broken policies and dialogs are complaints; the status of the page itself is none. */
export async function watchedPage(browser: Browser, options: { width?: number } = {}): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: options.width ?? 1280, height: 900 } });
  const complaints: string[] = [];
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Of a page that was left before its icon and the pictures far below were there.
    if (reason !== "net::ERR_ABORTED") complaints.push(`${request.url()}: ${reason}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    const isOwnStatus = message.location().url === page.url() || /status of (?:404|422)/.test(message.text());
    if (message.type() === "error" && !isOwnStatus) complaints.push(message.text());
  });
  page.on("response", (response) => {
    const isPage = response.request().isNavigationRequest();
    if (!isPage && response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  await page.addInitScript({
    content: `addEventListener("securitypolicyviolation", (event) =>
      console.error("policy " + event.violatedDirective + " broken by " + event.blockedURI));`,
  });
  return { page, complaints };
}
