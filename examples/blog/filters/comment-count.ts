/** How many comments a post has, in words. */

const numbers = new Intl.NumberFormat("en");

/** `No comments yet`, `1 comment`, `7 comments` */
export function commentCount(comments: number): string {
  if (comments === 0) return "No comments yet";
  return comments === 1 ? "1 comment" : `${numbers.format(comments)} comments`;
}
