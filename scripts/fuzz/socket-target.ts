/** A real server in a process of its own, over real sockets: the answers must be those that the parser foresees. */
import { connect } from "node:net";
import { statusesIn } from "./answers.ts";
import { type ExpectedAnswer, expectedAnswer } from "./expected-answer.ts";
import { ServerChild } from "./server-child.ts";
import { hangMilliseconds, type Target, type Trouble } from "./target.ts";

/** What one connection sends: one input, or several that leave the connection open for one another. */
interface Unit {
  readonly inputs: Buffer[];
  readonly expected: ExpectedAnswer[];
}

const connectionsAtOnce = 24;
const inputsPerConnection = 16;
/** Milliseconds after which an answer is too late even on a busy machine. */
const farTooLate = 1_000;
/** Milliseconds after which an answer is not waited for any more. */
const patience = 5_000;

export class SocketTarget implements Target {
  readonly batch = 1_000;
  readonly figures = { connections: 0, suspects: 0, refused: 0 };
  #server: ServerChild;

  private constructor(server: ServerChild) {
    this.#server = server;
  }

  static async start(): Promise<SocketTarget> {
    Error.stackTraceLimit = 0;
    return new SocketTarget(await ServerChild.start());
  }

  async tryAll(inputs: readonly Buffer[], cut: (octets: Uint8Array) => Uint8Array[]): Promise<Trouble[]> {
    const units = unitsOf(inputs);
    const troubles: Trouble[] = [];
    const suspects: Unit[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < units.length && this.#server.crash === undefined) {
        const unit = units[next++] as Unit;
        const { wrong, milliseconds } = await this.#try(unit, cut);
        if (wrong !== undefined) troubles.push(...(await this.#blame(unit, wrong)));
        else if (milliseconds > hangMilliseconds) suspects.push(unit);
      }
    };
    await Promise.all(Array.from({ length: connectionsAtOnce }, worker));
    if (this.#server.crash !== undefined)
      return this.#afterCrash(units.slice(Math.max(0, next - connectionsAtOnce * 2), next));
    for (const unit of suspects) troubles.push(...(await this.#hangOf(unit)));
    return troubles;
  }

  memory(): Promise<{ rss: number; heap: number }> {
    return this.#server.memory();
  }

  close(): Promise<void> {
    return this.#server.stop();
  }

  /** Sends the unit and compares the answer. Half of the units go out in one write, the others in pieces. */
  async #try(
    unit: Unit,
    cut?: (octets: Uint8Array) => Uint8Array[],
  ): Promise<{ wrong: string | undefined; milliseconds: number }> {
    this.figures.connections++;
    const octets = unit.inputs.length === 1 ? (unit.inputs[0] as Buffer) : Buffer.concat(unit.inputs);
    const pieces = cut !== undefined && this.figures.connections % 2 === 0 ? cut(octets) : [octets];
    const begun = performance.now();
    const text = await converse(this.#server.port, pieces);
    const milliseconds = performance.now() - begun;
    if (this.#server.crash !== undefined) return { wrong: undefined, milliseconds };
    // No end in time is no wrong answer yet: the whole machine may have been busy.
    return { wrong: text === undefined ? undefined : this.#compare(unit, text), milliseconds };
  }

  #compare({ expected }: Unit, text: string): string | undefined {
    const methods = expected.flatMap((one) => one.methods);
    let statuses: number[];
    try {
      statuses = statusesIn(text, methods);
    } catch (error) {
      return (error as Error).message;
    }
    const messages = expected.reduce((sum, one) => sum + one.messages, 0);
    const refusals = expected.at(-1)?.refusals ?? [];
    const wanted = `${messages} × 200${refusals.length > 0 ? ` and ${refusals.join(" or ")}` : ""}`;
    const answered = statuses.slice(0, messages);
    const rest = statuses.slice(messages);
    if (rest.length > 0) this.figures.refused++;
    const isRight =
      answered.length === messages &&
      answered.every((status) => status === 200) &&
      (refusals.length === 0 ? rest.length === 0 : rest.length === 1 && refusals.includes(rest[0] ?? 0));
    return isRight ? undefined : `wanted ${wanted}, got ${statuses.join(", ")}`;
  }

  /** Tries the inputs of a unit one by one; the one that is wrong alone, or all of them together. */
  async #blame(unit: Unit, wrong: string): Promise<Trouble[]> {
    for (const [index, input] of unit.inputs.entries()) {
      const one = await this.#try({ inputs: [input], expected: [unit.expected[index] as ExpectedAnswer] });
      if (one.wrong !== undefined) return [{ kind: "wrong-answer", found: one.wrong, octets: input }];
    }
    return [{ kind: "wrong-answer", found: `${wrong} (only together)`, octets: Buffer.concat(unit.inputs) }];
  }

  /**
   * Whatever else the machine does makes an answer late, too. An input hangs when, three times and alone, it costs the
   * server more processor time than it may take, or when it is far too late without any.
   */
  async #hangOf(unit: Unit): Promise<Trouble[]> {
    this.figures.suspects++;
    const times: number[] = [];
    while (times.length < 3) {
      const before = await this.#server.processorTime();
      const { milliseconds } = await this.#try(unit);
      const spent = (await this.#server.processorTime()) - before;
      if (milliseconds < hangMilliseconds || (spent < hangMilliseconds && milliseconds < farTooLate))
        return [];
      times.push(spent < hangMilliseconds ? milliseconds : spent);
    }
    const found = `${Math.min(...times).toFixed(1)} ms at the least, three times alone`;
    return [{ kind: "hang", found, octets: Buffer.concat(unit.inputs) }];
  }

  /** Starts another server and tries what the dead one had last, one by one. */
  async #afterCrash(units: readonly Unit[]): Promise<Trouble[]> {
    const found = this.#server.crash ?? "";
    this.#server = await ServerChild.start();
    for (const unit of units) {
      await this.#try(unit);
      await this.#server.memory();
      if (this.#server.crash === undefined) continue;
      this.#server = await ServerChild.start();
      return [{ kind: "crash", found, octets: Buffer.concat(unit.inputs) }];
    }
    const octets = Buffer.concat(units.flatMap((unit) => unit.inputs));
    return [{ kind: "crash", found: `${found} (not again, one by one)`, octets }];
  }
}

/** Puts inputs that leave the connection open before others, on one connection. */
function unitsOf(inputs: readonly Buffer[]): Unit[] {
  const units: Unit[] = [];
  let open: Unit = { inputs: [], expected: [] };
  for (const input of inputs) {
    const expected = expectedAnswer(input);
    open.inputs.push(input);
    open.expected.push(expected);
    if (expected.goesOn && open.inputs.length < inputsPerConnection) continue;
    units.push(open);
    open = { inputs: [], expected: [] };
  }
  if (open.inputs.length > 0) units.push(open);
  return units;
}

/** Sends the pieces and the client's end; what came back, or undefined where it never ended. */
function converse(port: number, pieces: readonly Uint8Array[]): Promise<string | undefined> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  return new Promise((resolve) => {
    let text = "";
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(undefined);
    }, patience);
    socket.setEncoding("latin1");
    socket.on("data", (part: string) => {
      text += part;
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
    for (const piece of pieces) socket.write(piece);
    socket.end();
  });
}
