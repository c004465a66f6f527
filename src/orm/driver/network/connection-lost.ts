/** The error of a statement whose connection went away, or whose server no longer answers, before its end was known. */

/** Drivers throw it in their own name; the dialects' `classify` knows it by its code, as it knows a socket's errors. */
export class ConnectionLost extends Error {
  /** `ETIMEDOUT`: the server said nothing for too long. `ECONNRESET`: the connection ended. */
  readonly code: "ETIMEDOUT" | "ECONNRESET";

  constructor(code: "ETIMEDOUT" | "ECONNRESET", message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }

  /** For a statement that came too late. */
  static before(): ConnectionLost {
    return new ConnectionLost("ECONNRESET", "The connection had ended before.");
  }

  /** For one whose server has said nothing for `deadline` milliseconds. */
  static silent(deadline: number): ConnectionLost {
    const message = `The server has not answered for ${deadline} ms; the connection was closed.`;
    return new ConnectionLost("ETIMEDOUT", message);
  }

  override get name(): string {
    return "ConnectionLost";
  }
}
