#!/usr/bin/env node
/** The `limpid` command. It imports nothing before it knows that this Node can run the rest. */

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 24 || (major === 24 && minor < 7)) {
  process.stderr.write(
    `Limpid needs Node.js 24.7 or later and found ${process.versions.node}; install a current one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  import("./main.ts")
    .then(({ main }) => main(process.argv.slice(2)))
    .then((code) => {
      // What an application holds open, such as a database, must not hold the command up.
      process.stdout.write("", () => process.exit(code));
    });
}

export {};
