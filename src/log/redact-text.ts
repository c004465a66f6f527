/** Takes credentials out of text: user information of URLs, secret parameters, header lines, JSON members. */
import { isSecretName } from "./secret-name.ts";

/** What stands where a secret stood. */
export const REDACTED = "[redacted]";

/** Text without any of these holds nothing that the rules below look for. */
const suspicious = /[=:]|bearer |basic /i;
const headerLine = /\b((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s{0,4}:\s{0,4}["']?)[^\r\n"']+/gi;
const jsonMember = /"([^"\\\r\n]{1,64})"(\s{0,4}:\s{0,4})"((?:[^"\\]|\\.)*)"/g;
const parameterName = /(?:%5B|\b)([A-Za-z_][\w.-]{0,63})(?:\]|%5D)?=/gi;
const parameterEnd = /[\s&;,"'<>]/g;
const authScheme = /\b(Bearer|Basic)( {1,4})([A-Za-z0-9._~+/=-]{8,})/gi;

/**
 * The text without the credentials it holds: `postgres://ada:pw@db/shop` becomes `postgres://[redacted]@db/shop`, and
 * `/reset?token=abc` becomes `/reset?token=[redacted]`. Its time depends on the length alone.
 *
 * @example
 * ```ts
 * import { redactText } from "limpid/log";
 *
 * console.log(redactText("GET https://ada:pw@example.com/?page=2&api_key=k-1"));
 * // GET https://[redacted]@example.com/?page=2&api_key=[redacted]
 * ```
 */
export function redactText(text: string): string {
  if (!suspicious.test(text)) return text;
  const lines = text.replace(headerLine, `$1$2${REDACTED}`);
  const members = lines.replace(jsonMember, (whole, name: string, colon: string) =>
    isSecretName(name) ? `"${name}"${colon}"${REDACTED}"` : whole,
  );
  const schemes = members.replace(authScheme, (whole, scheme: string, space: string, credentials: string) =>
    /[0-9A-Z_=.]/.test(credentials) ? `${scheme}${space}${REDACTED}` : whole,
  );
  return withoutParameters(withoutUserInformation(schemes));
}

/** `scheme://user:password@host` (RFC 3986 §3.2.1), however often it occurs. */
function withoutUserInformation(text: string): string {
  let result = "";
  let copied = 0;
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3)) {
    const start = at + 3;
    if (start < copied) continue;
    let last = -1;
    for (let index = start; index < text.length && !/[\s/?#"'<>\\]/.test(text[index]!); index++) {
      if (text[index] === "@") last = index;
    }
    if (last === -1) continue;
    result += text.slice(copied, start) + REDACTED;
    copied = last;
  }
  return result + text.slice(copied);
}

/** `name=value` in queries, forms, cookies, connection strings and environment files. */
function withoutParameters(text: string): string {
  let result = "";
  let copied = 0;
  parameterName.lastIndex = 0;
  for (let found = parameterName.exec(text); found !== null; found = parameterName.exec(text)) {
    if (!isSecretName(found[1]!)) continue;
    const start = parameterName.lastIndex;
    parameterEnd.lastIndex = start;
    const end = parameterEnd.exec(text)?.index ?? text.length;
    if (end === start) continue;
    result += text.slice(copied, start) + REDACTED;
    copied = end;
    parameterName.lastIndex = end;
  }
  return result + text.slice(copied);
}
