/** How long a text takes to read. */

/** Minutes a reader needs for so many characters, at some 1,100 a minute. */
export function readingTime(length: number): string {
  return `${Math.max(1, Math.round(length / 1_100))} min read`;
}
