/** Errors that know their HTTP status, and the named ones an application throws most. */
import { type Code, type ErrorDetails, LimpidError } from "./limpid-error.ts";
import { reasonPhrase } from "./status.ts";

/** What an `HttpError` can say beside its status and its sentence. */
export interface HttpErrorDetails extends ErrorDetails {
  /** Default: `LMP_HTTP_ERROR`, or the code of the subclass. */
  code?: Code | undefined;
  /** Header fields for the response, such as `Allow` or `Retry-After`. */
  headers?: Record<string, string> | undefined;
  /** Whether the client may read the message. Default: true below status 500, false from 500 on. */
  expose?: boolean | undefined;
}

/**
 * An error that becomes a response with a status (RFC 9110 §15).
 *
 * @example An application's own error needs one line.
 * ```ts
 * import { HttpError } from "limpid";
 *
 * class PaymentError extends HttpError { override readonly status = 402; override readonly code = "SHOP_PAYMENT"; }
 *
 * const error = new PaymentError("The card was declined.");
 * console.log(error.status, error.code, error.message); // 402 SHOP_PAYMENT The card was declined.
 * console.log(new HttpError(410).message); // Gone
 * ```
 */
export class HttpError extends LimpidError {
  declare readonly code: Code;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly #expose: boolean | undefined;

  /** With a status; the message defaults to its reason phrase. */
  constructor(status?: number, message?: string, details?: HttpErrorDetails);
  /** Without one, for subclasses that set `status` as a field. */
  constructor(message?: string, details?: HttpErrorDetails);
  constructor(first?: number | string, second?: string | HttpErrorDetails, third?: HttpErrorDetails) {
    const status = typeof first === "number" ? first : undefined;
    const message = typeof first === "string" ? first : typeof second === "string" ? second : undefined;
    const details = (typeof second === "object" ? second : third) ?? {};
    super(details.code ?? "LMP_HTTP_ERROR", message ?? (status ? reasonPhrase(status) : ""), details);
    this.status = status ?? 500;
    this.headers = details.headers ?? {};
    this.#expose = details.expose;
  }

  /** Whether the client may read the message. */
  get expose(): boolean {
    return this.#expose ?? this.status < 500;
  }
}
