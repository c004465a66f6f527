/** What a value becomes at a place, and the refusal of places where nothing makes it safe. */
import { TemplateError } from "../template-error.ts";

/** Any value to text that is fit for the place. */
export type Escape = (value: unknown) => string;

export interface Placed {
  readonly kind: string;
  readonly escape: Escape;
}

/** The error for a value at a place that cannot be made safe; `place` continues "A value cannot stand …". */
export function refusal(place: string, fix: string): TemplateError {
  return unsafe(`A value cannot stand ${place}.`, fix);
}

export function unsafe(sentence: string, fix: string): TemplateError {
  return new TemplateError("LMP_TEMPLATE_CONTEXT_UNSAFE", sentence, { fix });
}
