import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Example, MediaType } from '../model/model.ts';
import { exampleKey, printPayload, sampleMedia } from '../samples/media-examples.ts';
import { codeBlock, highlight } from './code.ts';
import type { PrintContext, PrintedPayload } from './context.ts';
import { externalLink } from './urls.ts';

const MAX_EXAMPLES = 8;

/** One example as it is shown. */
export interface PayloadItem {
  /** Empty for an example without a name. */
  label: SafeHtml;
  body: SafeHtml;
}

const MADE: Example = {
  name: undefined,
  summary: undefined,
  description: undefined,
  value: undefined,
  serialized: false,
  externalValue: undefined,
};

const print = (context: PrintContext, media: MediaType, example: Example, value: unknown): PrintedPayload | undefined => {
  const payload = printPayload(context.reader, media, example, value);
  if (payload === undefined) return undefined;
  const { language, text, shortened } = payload;
  const note = shortened && html`<p class="sample-note">Shortened.</p>`;
  return { html: html`${codeBlock(highlight(text, language), language)}${note}`, length: text.length };
};

const printOnce = (
  context: PrintContext,
  media: MediaType,
  example: Example,
  audience: 'request' | 'response',
): PrintedPayload | undefined => {
  const key = exampleKey(media, example === MADE ? undefined : example, audience);
  if (key !== undefined && context.payloads.has(key)) return context.payloads.get(key);
  const value = example === MADE ? sampleMedia(context.reader, media, audience) : example.value;
  const printed = print(context, media, example, value);
  if (key !== undefined) context.payloads.set(key, printed);
  return printed;
};

/** The examples of one media type: the document's own, else one made from the schema. Takes their length off the budget. */
export const payloadsOf = (
  context: PrintContext,
  media: MediaType,
  audience: 'request' | 'response',
  budget: { left: number },
): PayloadItem[] => {
  const examples = media.examples.length > 0 ? media.examples.slice(0, MAX_EXAMPLES) : [MADE];
  return examples.flatMap((example): PayloadItem[] => {
    // Many documents name their only example `default`, which tells nobody anything.
    const name = examples.length === 1 && example.name === 'default' ? undefined : example.name;
    const label = html`${example.summary ?? name}`;
    const about = example.description !== undefined && html`<div class="prose">${context.prose(example.description)}</div>`;
    if (example.externalValue !== undefined && example.value === undefined)
      return [{ label, body: html`${about}<p>${externalLink(example.externalValue)}</p>` }];
    const printed = budget.left > 0 ? printOnce(context, media, example, audience) : undefined;
    if (printed === undefined) return [];
    budget.left -= printed.length;
    return [{ label, body: html`${about}${printed.html}` }];
  });
};
