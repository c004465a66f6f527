/** The command `attacks`: an attacker's values through every engine, and into a browser; writes the page about them. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { progress } from "../progress.ts";
import type { Report } from "../report.ts";
import { type Context, contexts, hole } from "./attacks/contexts.ts";
import { attackDocument, type Outcome } from "./attacks/document.ts";
import { type AttackedEngine, attackedEngines } from "./attacks/engines.ts";
import { launch, visit } from "./attacks/victim.ts";

const document = join(import.meta.dirname, "../../docs/template-escaping.md");
const packages = ["edge.js", "ejs", "eta", "handlebars", "liquidjs", "nunjucks"] as const;

/** Everything in front of the place, which a doctype has to come before. */
function headOf({ markup }: Context): string {
  return markup.startsWith("<!doctype") ? "" : '<!doctype html>\n<meta charset="utf-8">\n';
}

/** The markup of the place, or the first line of why there is none. */
function attempt(context: Context, { tag, render }: AttackedEngine): { text: string; refused: boolean } {
  const head = headOf(context);
  try {
    const page = render(head + context.markup.replaceAll(hole, () => tag), { value: context.value });
    return { text: page.slice(head.length), refused: false };
  } catch (error) {
    return { text: (error as Error).message.split("\n")[0]!, refused: true };
  }
}

async function everyOutcome(): Promise<Outcome[]> {
  const browser = await launch();
  const outcomes: Outcome[] = [];
  try {
    for (const context of contexts) {
      for (const engine of attackedEngines) {
        progress(`${context.name}: ${engine.name}`);
        const { text, refused } = attempt(context, engine);
        const verdict = refused ? "refused" : await visit(browser, headOf(context) + text, context);
        outcomes.push({ context, engine: engine.name, text, refused, verdict });
      }
    }
    progress("");
  } finally {
    await browser.close();
  }
  return outcomes;
}

async function versions(): Promise<string> {
  const manifest = await readFile(join(import.meta.dirname, "../package.json"), "utf8");
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  return `The others are ${packages.map((name) => `${name} ${dependencies[name]}`).join(", ")}.`;
}

/** Renders, visits, and writes the page. */
export async function attackTable(): Promise<Report> {
  const outcomes = await everyOutcome();
  await writeFile(document, attackDocument(outcomes, await versions()));
  const rows = contexts.map((context) => {
    const verdicts = outcomes.filter((outcome) => outcome.context === context).map(({ verdict }) => verdict);
    return [context.name, ...verdicts];
  });
  const head = ["place", ...attackedEngines.map(({ name }) => name)];
  const data = outcomes.map(({ context, ...outcome }) => ({ ...outcome, context: context.name }));
  return {
    title: "What an attacker's value becomes; docs/template-escaping.md has been written",
    table: { head, rows, leftAligned: head.length },
    data,
  };
}
