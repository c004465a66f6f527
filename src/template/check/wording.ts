/** Says errors of TypeScript in the words of templates. */
import type { Diagnostic } from "./diagnostics.ts";
import type { About } from "./module-writer.ts";
import type { Finding } from "./problem.ts";

type Words = Pick<Finding, "message" | "fix">;

export function worded(diagnostic: Diagnostic, about: About | undefined): Finding {
  const words = aboutNeighbour(diagnostic, about) ??
    aboutCode(diagnostic, about) ?? { message: plain(diagnostic.message) };
  return { code: `TS${diagnostic.code}`, ...words };
}

/** The message without what only the module has: its variables and functions. */
function plain(message: string): string {
  return inBackticks(
    message
      .replace(/\$\$\./g, "")
      .replace(/\$([\p{ID_Start}_][\p{ID_Continue}]*)\$\d+/gu, "$1")
      .replace(/\$[fmg]\./g, ""),
  );
}

/** TypeScript quotes with apostrophes, which may stand inside of types too. */
function inBackticks(message: string): string {
  return message.replace(/(^|[\s(])'((?:[^']|'(?![\s.,;:)]|$))*)'(?=[\s.,;:)]|$)/g, "$1`$2`");
}

function aboutNeighbour({ code, message }: Diagnostic, about: About | undefined): Words | undefined {
  if (about?.kind === "prop") {
    return {
      message: `\`${about.name}\` does not fit \`${about.template}\`: ${misfit(message)}`,
      fix: `Give \`${about.template}\` what it declares, or change its props comment.`,
    };
  }
  if (about?.kind === "module" && (code === 2307 || code === 2792 || code === 5097 || code === 2835)) {
    return {
      message: `The module \`${about.specifier}\` of the props comment cannot be found.`,
      fix: "Write its path from the folder of the template, with its extension.",
    };
  }
  return undefined;
}

/** Why a value is not of a type. */
function misfit(message: string): string {
  const [, given, wanted] =
    /Argument of type '(.*)' is not assignable to parameter of type '(.*)'\.$/.exec(message) ?? [];
  if (given !== undefined) return `it is \`${given}\`, and \`${wanted}\` is declared there.`;
  const [, type, declared, names] =
    /^Type '(.*)' is missing the following properties from type '(.*)': (.*)$/.exec(message) ?? [];
  if (type !== undefined) return `it is \`${type}\`, and lacks of \`${declared}\` ${names}.`;
  return plain(message);
}

function aboutCode(diagnostic: Diagnostic, about: About | undefined): Words | undefined {
  const { code, message } = diagnostic;
  switch (code) {
    case 2339:
    case 2551:
    case 2550:
      return missingProperty(message, about);
    case 18047:
    case 18048:
    case 18049:
    case 2531:
    case 2532:
    case 2533:
      return possiblyNothing(message);
    case 18046:
      return { message: `${plain(message).replace(/\.$/, "")}, so nothing can be done with it.` };
    case 2305:
    case 2724:
    case 2614:
      return missingExport(message);
    case 2345:
      return unfitArgument(diagnostic);
    case 2349:
      return {
        message: "This is not a function and cannot be called.",
        fix: "Leave the brackets out to use the value itself.",
      };
    case 2367: {
      const [, left, right] = /types '(.*)' and '(.*)' have no overlap/.exec(message) ?? [];
      return {
        message: `This comparison always has the same result: \`${left}\` and \`${right}\` have nothing in common.`,
      };
    }
    case 2801:
    case 2774:
      return {
        message:
          "This condition is always true: it asks about a function or a promise, not about what it gives.",
      };
    case 2493: {
      const [, count, index] = /length '(\d+)' has no element at index '(\d+)'/.exec(message) ?? [];
      return { message: `There are ${count} values to unpack, and ${Number(index) + 1} names for them.` };
    }
    default:
      return undefined;
  }
}

function missingProperty(message: string, about: About | undefined): Words {
  const [, name, type, meant] =
    /Property '(.*?)' does not exist on type '(.*?)'\.(?: Did you mean '(.*)'\?)?/.exec(message) ?? [];
  const did = meant === undefined ? undefined : `Did you mean \`${meant}\`?`;
  if (about?.kind === "name") {
    return { message: `\`${about.name}\` is not defined.`, fix: did ?? "Declare it in the props comment." };
  }
  if (type === undefined) return { message: plain(message), fix: did };
  if (type.startsWith("$Loop<")) return { message: `\`loop\` has no \`${name}\`.`, fix: did };
  if (type.startsWith("Promise<")) {
    return {
      message: `\`${name}\` is read from \`${type}\`, which is still to come.`,
      fix: "Await it before rendering.",
    };
  }
  return { message: `\`${type}\` has no \`${name}\`.`, fix: did };
}

function possiblyNothing(message: string): Words {
  const [, name, nothing] = /'(.*)' is possibly '(.*)'\.$/.exec(plainNames(message)) ?? [];
  const [, alone] = /possibly '(.*)'/.exec(message) ?? [];
  if (name === undefined)
    return { message: `This may be ${alone ?? "undefined"} here.`, fix: "Ask with `if` first." };
  return {
    message: `\`${name}\` may be ${nothing?.replaceAll("'", "")} here.`,
    fix: `Ask first: {% if ${name} %}.`,
  };
}

function plainNames(message: string): string {
  return message.replace(/\$\$\./g, "").replace(/\$([\p{ID_Start}_][\p{ID_Continue}]*)\$\d+/gu, "$1");
}

function missingExport(message: string): Words {
  const [, name, meant] =
    /has no exported member (?:named )?'(.*?)'\.(?: Did you mean '(.*)'\?)?/.exec(message) ?? [];
  return {
    message: name === undefined ? plain(message) : `The module of the props comment exports no \`${name}\`.`,
    fix: meant === undefined ? "Export it from there." : `Did you mean \`${meant}\`?`,
  };
}

function unfitArgument({ message, details }: Diagnostic): Words {
  const [, given = "", wanted = ""] =
    /Argument of type '(.*)' is not assignable to parameter of type '(.*)'\.$/.exec(message) ?? [];
  if (wanted.includes("$CallIt"))
    return { message: "This is a function.", fix: "Call it: write `()` behind it." };
  if (wanted === "$Iterable") {
    return {
      message: `\`${given}\` cannot be walked through: it is no list, text, object or other iterable.`,
    };
  }
  if (wanted === "{}" || wanted === "$Addable") {
    const [, nothing] =
      /Type '(undefined|null)' is not assignable/.exec([message, ...details].join("\n")) ?? [];
    const what = nothing ?? given;
    return {
      message: `This may be ${what} here: it is \`${given}\`.`,
      fix: "Ask with `if` first, or give a `default`.",
    };
  }
  return { message: `This is \`${given}\`, and \`${wanted}\` is wanted.` };
}
