import { html, raw, type SafeHtml } from '../../../../lib/html.ts';
import { plainText, renderDescription } from '../../../markdown/index.ts';
import type { Api } from '../model/model.ts';
import type { Audience, BodyCache, Budget, Printing } from '../schema/printing.ts';
import type { SchemaReader } from '../schema/view.ts';

/** What printing the parts of a reference needs: the document, and what is remembered while it is printed. */
export interface PrintContext {
  api: Api;
  reader: SchemaReader;
  /** Markdown to HTML. */
  prose: (source: string) => SafeHtml;
  plain: (source: string, max: number) => string;
  /** Address of the operation with an operationId. */
  addressOf: ReadonlyMap<string, string>;
  bodies: BodyCache;
}

/** A sentence or two of plain words and punctuation: nothing in it is Markdown, a link or an emoji. */
const PLAIN = /^[A-Za-z][A-Za-z0-9 ,;()'"?%]*(?:[.-][A-Za-z0-9 ,;()'"?%]+)*\.?$/;
const DOTTED_WORD = /\w\.\w/;

/** Renders Markdown, each text once: descriptions repeat a lot. */
export const createProse = (): ((source: string) => SafeHtml) => {
  const rendered = new Map<string, SafeHtml>();
  return (source) => {
    let printed = rendered.get(source);
    if (printed === undefined) {
      const isPlain = PLAIN.test(source) && !DOTTED_WORD.test(source);
      printed = isPlain ? html`<p>${source}</p>` : raw(renderDescription(source));
      rendered.set(source, printed);
    }
    return printed;
  };
};

export const createContext = (api: Api, reader: SchemaReader, addressOf: ReadonlyMap<string, string>): PrintContext => ({
  api,
  reader,
  prose: createProse(),
  plain: plainText,
  addressOf,
  bodies: new Map(),
});

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
  ancestors: [],
  fragmentOf: undefined,
  bodies: context.bodies,
});
