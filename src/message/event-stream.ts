/** Server-sent events as text (HTML standard §9.2), each field checked so that data never becomes another event. */
import { LimpidError } from "../errors/index.ts";

/** One event. */
export interface ServerSentEvent {
  /** Text of any number of lines; anything else is sent as JSON. */
  data: unknown;
  /** The event's type; a browser takes `"message"` where there is none. */
  event?: string | undefined;
  /** What the browser sends back as `Last-Event-ID` after a break. */
  id?: string | undefined;
  /** Milliseconds the browser waits before it connects again. */
  retry?: number | undefined;
}

/** One event as it goes over the wire. Throws `LMP_EVENT_FIELD_INVALID` for a line break or NUL in `event` or `id`. */
export function formatEvent(event: ServerSentEvent): string {
  let text = "";
  if (event.event !== undefined) text += `event: ${line("event", event.event)}\n`;
  if (event.id !== undefined) text += `id: ${line("id", event.id)}\n`;
  if (event.retry !== undefined) text += `retry: ${milliseconds(event.retry)}\n`;
  const data = typeof event.data === "string" ? event.data : (JSON.stringify(event.data) ?? "");
  for (const part of data.split(/\r\n|\r|\n/)) text += `data: ${part}\n`;
  return `${text}\n`;
}

export async function* serverSentEvents(events: AsyncIterable<ServerSentEvent>): AsyncGenerator<string> {
  for await (const event of events) yield formatEvent(event);
}

function line(field: string, value: string): string {
  if (!/[\r\n\0]/.test(value)) return value;
  return refuse(field, "a text of one line", JSON.stringify(value.slice(0, 80)));
}

function milliseconds(value: number): number {
  return Number.isInteger(value) && value >= 0 ? value : refuse("retry", "whole milliseconds", String(value));
}

function refuse(field: string, expected: string, found: string): never {
  throw new LimpidError("LMP_EVENT_FIELD_INVALID", `The field "${field}" of an event is not valid.`, {
    expected,
    found,
    fix: "Put text of several lines into `data`.",
  });
}
