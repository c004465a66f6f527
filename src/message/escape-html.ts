/** Text as HTML: the escaping that most of what a page says goes through. */

const special = /[&<>"']/;
/** Up to this length a loop over the codes is faster than a regular expression. */
const SHORT = 10;

/**
 * Escapes text for a place between tags or inside a quoted attribute: `& < > " '`. A text without them is given back as
 * it is: most values are short and clean, and this is where most of the time of a page goes.
 */
export function escapeHtml(text: string): string {
  if (text.length < SHORT) return escapeFrom(text, 0);
  return special.test(text) ? escapeFrom(text, text.search(special)) : text;
}

/** Escapes a text in which nothing is to be escaped before an offset. */
function escapeFrom(text: string, start: number): string {
  let escaped = "";
  let last = 0;
  for (let index = start; index < text.length; index++) {
    let reference: string;
    switch (text.charCodeAt(index)) {
      case 38:
        reference = "&amp;";
        break;
      case 60:
        reference = "&lt;";
        break;
      case 62:
        reference = "&gt;";
        break;
      case 34:
        reference = "&#34;";
        break;
      case 39:
        reference = "&#39;";
        break;
      default:
        continue;
    }
    if (last !== index) escaped += text.slice(last, index);
    escaped += reference;
    last = index + 1;
  }
  return last === 0 ? text : escaped + text.slice(last);
}
