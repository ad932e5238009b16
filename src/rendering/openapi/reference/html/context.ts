import { html, raw, type SafeHtml } from '../../../../lib/html.ts';
import { renderDescription } from '../../../markdown/index.ts';
import { stackName } from '../fragments.ts';
import type { Api } from '../model/model.ts';
import type { RequestBodyCache } from '../samples/request.ts';
import type { Audience, BodyCache, Budget, ParameterCache, Printing, RemarkCache } from '../schema/printing.ts';
import type { SchemaReader } from '../schema/view.ts';
import { textOfProse } from './prose-text.ts';

/** An example body, printed. */
export interface PrintedPayload {
  html: SafeHtml;
  /** Length of its text. */
  length: number;
}

/** What printing the parts of a reference needs: the document, and what is remembered while it is printed. */
export interface PrintContext {
  api: Api;
  reader: SchemaReader;
  /** Markdown to HTML. */
  prose: (source: string) => SafeHtml;
  plain: (source: string, max: number) => string;
  /** Address of the operation with an operationId, or at a pointer such as `#/paths/~1pets/get`. */
  addressOf: ReadonlyMap<string, string>;
  /** What tags are called, by name. */
  tagTitles: ReadonlyMap<string, string>;
  bodies: BodyCache;
  remarks: RemarkCache;
  parameters: ParameterCache;
  /** Example bodies by what they were made from. */
  payloads: Map<unknown, PrintedPayload | undefined>;
  /** Bodies of sample requests, likewise. */
  requestBodies: RequestBodyCache;
  nextStack: Printing['nextStack'];
}

/** Longer descriptions, in UTF-16 units, are cut: nobody reads on, and Markdown takes many times its size in memory while it is parsed. */
const MAX_PROSE = 200_000;

const renderProse = (source: string): SafeHtml =>
  source.length <= MAX_PROSE
    ? raw(renderDescription(source))
    : html`${raw(renderDescription(source.slice(0, MAX_PROSE)))}<p class="schema-note">The rest of this text is not shown: it is too long.</p>`;

/** Renders Markdown, each text once: descriptions repeat a lot. */
const createProse = (): ((source: string) => SafeHtml) => {
  const rendered = new Map<string, SafeHtml>();
  return (source) => {
    let printed = rendered.get(source);
    if (printed === undefined) {
      printed = renderProse(source);
      rendered.set(source, printed);
    }
    return printed;
  };
};

export const createContext = (api: Api, reader: SchemaReader, addressOf: ReadonlyMap<string, string>): PrintContext => {
  const prose = createProse();
  let stacks = 0;
  return {
    api,
    reader,
    prose,
    plain: (source, max) => textOfProse(prose(source).value, max),
    addressOf,
    tagTitles: new Map(api.tags.map(({ name, title }) => [name, title])),
    bodies: new Map(),
    remarks: new Map(),
    parameters: new Map(),
    payloads: new Map(),
    requestBodies: new Map(),
    nextStack: () => stackName(++stacks),
  };
};

/** What printing the schemas of a fragment begins with; `levels` as in {@link Printing}. */
export const startPrinting = (context: PrintContext, audience: Audience, budget: Budget, levels: number): Printing => ({
  reader: context.reader,
  prose: context.prose,
  plain: context.plain,
  budget,
  audience,
  levels,
  depth: 0,
  nested: false,
  xml: false,
  ancestors: [],
  fragmentOf: undefined,
  bodies: context.bodies,
  remarks: context.remarks,
  parameters: context.parameters,
  nextStack: context.nextStack,
});
