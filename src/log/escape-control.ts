/** Makes control characters visible, so that no text can forge a line of a log or steer a terminal. */

/** C0, DEL, C1, the line and paragraph separators, and the bidirectional controls. */
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Those that JSON lets stand. */
const controlInJson = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text with every control character written out: `\n`, `\x1b`, `\u202e`. */
export function escapeControl(text: string): string {
  return text.replace(control, (character) => named[character] ?? written(character));
}

/** A JSON text with the control characters escaped that JSON itself does not escape. */
export function escapeControlInJson(json: string): string {
  return json.replace(controlInJson, (character) => `\\u${hexadecimal(character, 4)}`);
}

function written(character: string): string {
  return character.charCodeAt(0) < 0x100
    ? `\\x${hexadecimal(character, 2)}`
    : `\\u${hexadecimal(character, 4)}`;
}

function hexadecimal(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, "0");
}
