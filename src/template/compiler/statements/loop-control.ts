/** `{% break %}` and `{% continue %}` */
import type { Break, Continue } from "../../nodes.ts";
import { type Body, write } from "../body.ts";

export function compileBreak(node: Break, body: Body): void {
  write(body, "break;", node);
}

export function compileContinue(node: Continue, body: Body): void {
  write(body, "continue;", node);
}
