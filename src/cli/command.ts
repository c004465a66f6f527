/** What a command of `limpid` declares: its words, its flags, and what it does. */

/** One flag. Every flag has a long name; a value may also come from the environment. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in the help, `"<number>"`; a flag without is a switch. */
  readonly value?: string;
  readonly summary: string;
  /** What holds where neither the flag nor the variable is given, as the help says it. */
  readonly default?: string;
  /** The variable that is read where the flag is not given. */
  readonly environment?: string;
  /** Which values it takes. Default: any that is not empty. */
  readonly accepts?: Accepted;
  /** Whether it may be given more than once; its values are in `Input.lists`. */
  readonly several?: boolean;
}

/** The values that a flag takes. */
export interface Accepted {
  /** As a phrase: `"a whole number from 0 to 65535"`. */
  readonly expected: string;
  test(value: string): boolean;
}

/** What was given to a command. */
export interface Input {
  readonly positionals: readonly string[];
  /** The values by flag name; a switch that is on is `"true"`. */
  readonly flags: ReadonlyMap<string, string>;
  /** All values of the flags that may be given more than once, by name. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** Where a command writes and what it may read. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
  /** Asks a person and resolves to the answer; not there where nobody sits at a terminal. */
  ask?(question: string): Promise<string>;
}

/** One command. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The positional argument, `"[app]"`, with what it is, and whether there may be several. */
  readonly argument?: { readonly name: string; readonly summary: string; readonly several?: boolean };
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
  /** Resolves to the exit code. What it throws is printed, and the code is 1; 2 where the words were wrong. */
  run(input: Input, terminal: Terminal): Promise<number>;
}

/** Several commands about one thing; each is named with its group: `"db migrate"`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}
