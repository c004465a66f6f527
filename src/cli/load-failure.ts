/** Why an application's module could not be loaded, with the place in the source and the likely fix. */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { LimpidError } from "../errors/index.ts";
import { exceptionFields } from "../log/index.ts";
import { excerpt, type Place, placeOfHeader, placesOfStack, shownFile } from "./source-place.ts";

/** Frames shown of the way to the error. */
const FRAMES = 4;

/** The error for what importing or calling an application's module threw. */
export function loadFailure(path: string, thrown: unknown, cwd: string): LimpidError {
  const places = thrown instanceof SyntaxError ? placeOfSyntaxError(thrown, path, cwd) : placesOf(thrown);
  const [place] = places;
  const lines = [thrown instanceof Error ? exceptionFields(thrown).exception : String(thrown)];
  for (const { file, line, column } of places.slice(0, FRAMES)) {
    lines.push(`    at ${shownFile(file, cwd)}:${line}${column === undefined ? "" : `:${column}`}`);
  }
  if (place !== undefined) lines.push(...excerpt(place));
  return new LimpidError("LMP_CLI_APP_FAILED", `${shownFile(path, cwd)} could not be loaded.`, {
    found: lines.join("\n"),
    fix: fixFor(thrown, place === undefined ? shownFile(path, cwd) : shownFile(place.file, cwd)),
    cause: thrown,
  });
}

function placesOf(thrown: unknown): Place[] {
  return thrown instanceof Error ? placesOfStack(thrown.stack ?? "") : [];
}

/**
 * V8 keeps the place of a syntax error to itself until it ends a process, so the module is imported in another one.
 * Nothing of it runs: a module with an error in its syntax, or in one it imports, is never evaluated.
 */
function placeOfSyntaxError(error: SyntaxError, path: string, cwd: string): Place[] {
  const known = placeOfHeader(error.stack ?? "");
  if (known !== undefined) return [known];
  const program = `await import(${JSON.stringify(pathToFileURL(path).href)})`;
  const args = [...process.execArgv, "--input-type=module", "--eval", program];
  const { stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", timeout: 5_000 });
  const place = placeOfHeader(stderr ?? "");
  return place === undefined ? [] : [place];
}

function fixFor(thrown: unknown, file: string): string {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  const message = thrown instanceof Error ? thrown.message : "";
  if (code === "ERR_MODULE_NOT_FOUND") {
    const name = /Cannot find package '([^']+)'/.exec(message)?.[1];
    if (name !== undefined) return `Install the package: npm install ${name}`;
    return 'Check the path of the import. It ends in the file\'s extension, as in "./routes.ts".';
  }
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") {
    return "Node runs TypeScript by taking the types out: write no enum, namespace or parameter property.";
  }
  if (message.includes("does not provide an export named")) return `Check the names that ${file} imports.`;
  if (thrown instanceof SyntaxError) return `Mend the syntax of ${file}.`;
  return `Mend ${file}, or catch what it throws.`;
}
