/** How tightly the operators of SQL bind, so far as the databases agree; what they do not agree on gets parentheses. */

/** Written by hand: it may hold anything. */
export const HAND = 0;
export const OR = 1;
export const AND = 2;
export const NOT = 3;
/** `=`, `<`, `IS`, `IN`, `LIKE`, `BETWEEN`: never beside each other without parentheses. */
export const COMPARISON = 4;
/** `||`, which SQLite binds tighter than `*` and PostgreSQL looser than `+`. */
export const CONCATENATION = 5;
export const SUM = 6;
export const PRODUCT = 7;
export const PRIMARY = 8;
