/** The options of `Database.connect`, checked once for all drivers. */
import { anObject, checkedOptions, invalidOption, type OptionCheck, wholeNumber } from "./checked-options.ts";
import type { ConnectOptions, TlsOptions } from "./driver.ts";

const checks: Readonly<Record<keyof ConnectOptions, OptionCheck>> = {
  pool: anObject,
  statementTimeout: wholeNumber(0),
  busyTimeout: wholeNumber(0),
  threads: wholeNumber(0),
  tls: {
    expected: "true, false, or { ca, rejectUnauthorized }",
    test: (value) => typeof value === "boolean" || anObject.test(value),
  },
};

const tlsChecks: Readonly<Record<keyof TlsOptions, OptionCheck>> = {
  ca: { expected: "a certificate in PEM format, as text", test: (value) => typeof value === "string" },
  rejectUnauthorized: { expected: "true or false", test: (value) => typeof value === "boolean" },
};

/** The options as they were given, without the pool's, which checks its own. Throws `LMP_ORM_OPTION_INVALID`. */
export function connectOptions(options: ConnectOptions): ConnectOptions {
  if (!anObject.test(options)) throw invalidOption("of a connection", "an object of options", options);
  const checked = checkedOptions(options, checks);
  const { tls } = checked;
  if (typeof tls !== "object") return checked;
  return Object.assign(checked, { tls: checkedOptions<TlsOptions>(tls, tlsChecks, "tls.") });
}
