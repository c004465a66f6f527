/** Writes the page about what attackers' values become. */
import { type Context, hole } from "./contexts.ts";

/** What became of a value in one place with one engine. */
export interface Outcome {
  readonly context: Context;
  readonly engine: string;
  /** The markup that was made, or why none was. */
  readonly text: string;
  readonly refused: boolean;
  /** "harmless", "refused", or what the attacker got. */
  readonly verdict: string;
}

/** Code in a cell; a bar would end the cell and a backtick the code. */
function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  const padding = fence === "``" ? " " : "";
  return fence + padding + text.replaceAll("|", "\\|").replaceAll("\n", " ") + padding + fence;
}

function shown(verdict: string): string {
  return verdict === "harmless" || verdict === "refused" ? verdict : `**${verdict}**`;
}

function section(context: Context, outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ engine, text, refused, verdict }) => {
    const cell = refused ? text.replaceAll("|", "\\|").replaceAll("<", "&lt;") : code(text);
    return `| ${engine} | ${cell} | ${shown(verdict)} |`;
  });
  const markup = code(context.markup.replaceAll(hole, "{{ value }}"));
  return `## ${context.name[0]!.toUpperCase()}${context.name.slice(1)}

The template is ${markup} and the value ${code(context.value)}.

| engine | what it becomes | result |
|---|---|---|
${rows.join("\n")}
`;
}

/** The whole page. */
export function attackDocument(outcomes: readonly Outcome[], versions: string): string {
  const places = [...new Set(outcomes.map(({ context }) => context))];
  const engines = [...new Set(outcomes.map(({ engine }) => engine))];
  const of = (context: Context) => outcomes.filter((outcome) => outcome.context === context);
  const overview = places.map((context) => {
    return `| ${context.name} | ${of(context)
      .map(({ verdict }) => shown(verdict))
      .join(" | ")} |`;
  });
  return `# What an attacker's value becomes

Each template engine has rendered the same markup with the same value, in each place of a page that a value can stand
in, with its escaping on and nothing else said. What was made was then opened in Chromium, and the result is what
happened there:

- **runs**: the attacker's script ran, some of them after a click of the visitor.
- **loads**: the page asked the attacker's server for something.
- **adds a parameter**: the address says what the template's author has not written.
- **breaks the script**: the page's own script failed, because the value is not what the script's language takes.
- harmless: none of these.
- refused: the engine did not compile the template, because a value cannot be made safe there.

The templates are shown in the language of Limpid. This page is written by \`npm run bench -- attacks\`.

${versions}

| place | ${engines.join(" | ")} |
|---|${"---|".repeat(engines.length)}
${overview.join("\n")}

${places.map((context) => section(context, of(context))).join("\n")}`;
}
