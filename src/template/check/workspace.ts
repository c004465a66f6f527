/**
 * The folder for the modules of one check. It lies in the project, under `node_modules`, so that packages resolve as
 * they do there and no tool watches it; each check has its own, and removes it however it ends.
 */

/** Options that the project's own configuration cannot have for modules which are only checked. */
const options = {
  allowImportingTsExtensions: true,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
  composite: false,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
  incremental: false,
  isolatedDeclarations: false,
  noEmit: true,
  noImplicitAny: true,
  noPropertyAccessFromIndexSignature: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  outDir: null,
  rootDir: null,
  skipLibCheck: true,
  tsBuildInfoFile: null,
};

/** What holds in a project without a configuration. */
const standard = { lib: ["esnext"], module: "nodenext", strict: true, target: "esnext", types: [] };

export class Workspace implements AsyncDisposable {
  readonly folder: string;
  readonly #interrupt = new AbortController();
  readonly #remove: () => void;

  private constructor(folder: string) {
    const { rmSync } = process.getBuiltinModule("node:fs");
    this.folder = folder;
    this.#remove = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", this.#remove);
    for (const signal of signals) process.once(signal, this.#stop);
  }

  static async make(project: string): Promise<Workspace> {
    const { mkdir, mkdtemp, realpath } = process.getBuiltinModule("node:fs/promises");
    const { join } = process.getBuiltinModule("node:path");
    const cache = join(project, "node_modules", ".cache", "limpid");
    await mkdir(cache, { recursive: true });
    return new Workspace(await realpath(await mkdtemp(join(cache, "check-"))));
  }

  /** Aborted when somebody stops the command. */
  get signal(): AbortSignal {
    return this.#interrupt.signal;
  }

  path(name: string): string {
    return process.getBuiltinModule("node:path").join(this.folder, name);
  }

  async write(name: string, text: string): Promise<void> {
    await process.getBuiltinModule("node:fs/promises").writeFile(this.path(name), text);
  }

  /** Writes the configuration for these files and gives its path. */
  async configure(files: readonly string[], project: string | undefined): Promise<string> {
    const base = project === undefined ? {} : { extends: project };
    const compilerOptions = project === undefined ? { ...standard, ...options } : options;
    await this.write(
      "tsconfig.json",
      JSON.stringify({ ...base, compilerOptions, files, include: [], references: [] }, null, 2),
    );
    return this.path("tsconfig.json");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off("exit", this.#remove);
    for (const signal of signals) process.off(signal, this.#stop);
    this.#remove();
  }

  /** With a listener Node does not end by itself, so the signal is sent once more when everything is cleared up. */
  readonly #stop = (signal: NodeJS.Signals): void => {
    this.#interrupt.abort();
    this.#remove();
    for (const one of signals) process.off(one, this.#stop);
    process.kill(process.pid, signal);
  };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
