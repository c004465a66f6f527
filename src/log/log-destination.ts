/** Where log lines go. A destination that fails loses lines, counts them and says so later; it never throws. */

/** Anything that takes lines: a stream, a file, an array behind a function. */
export interface LogSink {
  write(line: string): unknown;
  /** Whether it is a terminal, where lines may be readable and coloured. */
  readonly isTTY?: boolean | undefined;
}

/** What a sink may have besides. */
interface FullSink extends LogSink {
  on?: (event: "error" | "drop", listener: () => void) => unknown;
  flush?: (callback?: (error?: Error) => void) => void;
  flushSync?: () => void;
}

/** Sinks that are listened to already: several loggers may write to one. */
const watched = new WeakSet<object>();

/** A sink behind a transformation of each line, as pino wants it. */
export class LogDestination {
  readonly #sink: FullSink;
  readonly #transform: (line: string) => string;
  #lost = 0;

  constructor(sink: LogSink, transform: (line: string) => string) {
    this.#sink = sink;
    this.#transform = transform;
    if (typeof this.#sink.on === "function" && !watched.has(sink)) {
      watched.add(sink);
      // Without a listener a full disk or a closed pipe would end the process.
      this.#sink.on("error", () => {});
      this.#sink.on("drop", () => this.#lost++);
    }
  }

  write(line: string): void {
    try {
      this.#report();
      this.#sink.write(this.#transform(line));
    } catch {
      this.#lost++;
    }
  }

  /** Tells of lost lines as soon as there is room again. */
  #report(): void {
    if (this.#lost === 0) return;
    const lost = this.#lost;
    const report = {
      level: "warn",
      timestamp: new Date().toISOString(),
      logger: "limpid.log",
      message: `${lost} log ${lost === 1 ? "line was" : "lines were"} lost, because the destination took none.`,
      lost,
    };
    this.#sink.write(this.#transform(`${JSON.stringify(report)}\n`));
    this.#lost -= lost;
  }

  flush(callback?: (error?: Error) => void): void {
    if (typeof this.#sink.flush === "function") this.#sink.flush(callback);
    else callback?.();
  }

  flushSync(): void {
    this.#sink.flushSync?.();
  }
}
