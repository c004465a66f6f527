/** Renders a compiled template: at once, with waiting, as a stream, or one block of it. */
import { Html, HtmlStream } from "../message/index.ts";
import { renderBegin, renderEnd } from "./moments.ts";
import type { CompiledTemplate } from "./runtime/compiled-template.ts";
import { Context, type Data } from "./runtime/context.ts";
import { placedError } from "./runtime/error-place.ts";
import { Frame } from "./runtime/frame.ts";
import { Renderer, type TemplateHost } from "./runtime/renderer.ts";
import { ReaderGone, Sink, StreamSink } from "./runtime/sink.ts";

export function renderTemplate(template: CompiledTemplate, data: Data, host: TemplateHost): Html {
  return announced(template, undefined, () => {
    const renderer = new Renderer(host);
    try {
      renderer.enter(template);
      const frame = new Frame(renderer, template);
      return frame.html(template.sync.root(frame, new Context(data, host.globals), null));
    } catch (error) {
      throw placedError(error, renderer.templates);
    }
  });
}

export async function renderTemplateAsync(
  template: CompiledTemplate,
  data: Data,
  host: TemplateHost,
): Promise<Html> {
  const renderer = new Renderer(host);
  const out = new Sink();
  await runAsync(template, data, renderer, out);
  return renderer.nonced ? Html.withNoncePlaces(out.text) : new Html(out.text);
}

export function streamTemplate(template: CompiledTemplate, data: Data, host: TemplateHost): HtmlStream {
  return new HtmlStream(() => {
    const out = new StreamSink();
    const renderer = new Renderer(host, out);
    runAsync(template, data, renderer, out).then(
      () => out.end(),
      (error: unknown) => {
        if (!(error instanceof ReaderGone)) out.fail(error);
      },
    );
    return out.pieces();
  });
}

/** The text of one block, with what the template and those it extends set around it. */
export function renderTemplateBlock(
  template: CompiledTemplate,
  name: string,
  data: Data,
  host: TemplateHost,
): Html {
  return announced(template, name, () => {
    const renderer = new Renderer(host);
    try {
      renderer.enter(template);
      const frame = new Frame(renderer, template);
      const context = new Context(data, host.globals);
      template.names.root(frame, context, null);
      return frame.html(frame.alone(name, context));
    } catch (error) {
      throw placedError(error, renderer.templates);
    }
  });
}

async function runAsync(
  template: CompiledTemplate,
  data: Data,
  renderer: Renderer,
  out: Sink,
): Promise<void> {
  const what = { template: template.source.name, block: undefined };
  if (renderBegin.active) renderBegin.announce(what);
  try {
    awaitRejections(data);
    renderer.enter(template);
    const context = new Context(data, renderer.host.globals);
    await template.async.root(new Frame(renderer, template), context, null, out);
    if (renderEnd.active) renderEnd.announce({ ...what, length: out.length, error: undefined });
  } catch (thrown) {
    const error = thrown instanceof ReaderGone ? thrown : placedError(thrown, renderer.templates);
    if (renderEnd.active) renderEnd.announce({ ...what, length: undefined, error });
    throw error;
  }
}

/** Renders between its two moments. */
function announced(template: CompiledTemplate, block: string | undefined, render: () => Html): Html {
  if (!renderBegin.active && !renderEnd.active) return render();
  const what = { template: template.source.name, block };
  renderBegin.announce(what);
  try {
    const html = render();
    renderEnd.announce({ ...what, length: html.markup.length, error: undefined });
    return html;
  } catch (error) {
    renderEnd.announce({ ...what, length: undefined, error });
    throw error;
  }
}

/** A promise may fail before the template comes to it. That is no reason to end the process: it fails where it is used. */
function awaitRejections(data: Data): void {
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(data)))
    if (value instanceof Promise) value.catch(() => undefined);
}
