/** `{% extends "layout.html" %}` */
import type { Extends } from "../../nodes.ts";
import type { Body } from "../body.ts";
import { templateName } from "../template-name.ts";

export function runExtends({ template }: Extends, body: Body): undefined {
  const { running } = body;
  running.parent = running.frame.extend(templateName(template, body), running.program.source.name);
}
