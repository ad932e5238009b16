import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Example, MediaType } from '../model/model.ts';
import { exampleKey, type Payload, printPayload, printSerialized, sampleMedia } from '../samples/media-examples.ts';
import { preferredMedia } from '../samples/request.ts';
import { FILE } from '../samples/value.ts';
import { codeBlock, highlight } from './code.ts';
import type { PrintContext, PrintedPayload } from './context.ts';
import { externalLink } from './urls.ts';

const MAX_EXAMPLES = 8;

/** One example as it is shown. */
export interface PayloadItem {
  label: SafeHtml;
  /** The media type, where the label says nothing else. */
  type?: string;
  body: SafeHtml;
}

/** What examples are printed for; their length is taken off the budget. */
interface Printing {
  context: PrintContext;
  audience: 'request' | 'response';
  budget: { left: number };
}

const print = ({ language, text, shortened }: Payload): PrintedPayload => {
  const note = shortened && html`<p class="sample-note">Shortened.</p>`;
  return { html: html`${codeBlock(highlight(text, language), language)}${note}`, length: text.length };
};

/** What is made for a body that is a file, or that may be anything. */
const saysNothing = (made: unknown): boolean => made === null || made === FILE;

/** The value of an example, or one that is made; each is printed once. */
const printValue = (
  { context, audience }: Printing,
  media: MediaType,
  example: Example | undefined,
): PrintedPayload | undefined => {
  const key = exampleKey(media, example, audience);
  if (key !== undefined && context.payloads.has(key)) return context.payloads.get(key);
  const value = example === undefined ? sampleMedia(context.reader, media, audience) : example.value;
  const payload = example === undefined && saysNothing(value) ? undefined : printPayload(context.reader, media, value);
  const printed = payload === undefined || (example === undefined && payload.text === '') ? undefined : print(payload);
  if (key !== undefined) context.payloads.set(key, printed);
  return printed;
};

const withinBudget = ({ budget }: Printing, make: () => PrintedPayload | undefined): SafeHtml | undefined => {
  const printed = budget.left > 0 ? make() : undefined;
  budget.left -= printed?.length ?? 0;
  return printed?.html;
};

const printExample = (printing: Printing, media: MediaType, example: Example): SafeHtml | undefined => {
  const { description, value, serialized, externalValue } = example;
  const shown = [
    value === undefined ? undefined : withinBudget(printing, () => printValue(printing, media, example)),
    serialized === undefined ? undefined : withinBudget(printing, () => print(printSerialized(media, serialized))),
    externalValue === undefined ? undefined : html`<p>${externalLink(externalValue)}</p>`,
  ].filter((part) => part !== undefined);
  if (shown.length === 0) return undefined;
  const isBoth = value !== undefined && serialized !== undefined && shown.length > 1;
  return html`${description !== undefined && html`<div class="prose">${printing.context.prose(description)}</div>`}${
    isBoth ? html`${shown[0]}<p class="sample-note">As it is sent:</p>${shown.slice(1)}` : shown
  }`;
};

/** Many documents name their only example `default`, which tells nobody anything. */
const nameOf = ({ summary, name }: Example, isOnly: boolean): string | undefined =>
  summary ?? (isOnly && name === 'default' ? undefined : name);

/** The examples of one media type; its name is shown where they have none, or where it is not the one that is preferred. */
const examplesOf = (printing: Printing, media: MediaType, isPreferred: boolean): PayloadItem[] => {
  const type = html`<span class="media-name">${media.type}</span>`;
  return media.examples.slice(0, MAX_EXAMPLES).flatMap((example): PayloadItem[] => {
    const body = printExample(printing, media, example);
    const name = nameOf(example, media.examples.length === 1);
    const label = name === undefined ? html`${media.type}` : isPreferred ? html`${name}` : html`${name} ${type}`;
    return body === undefined ? [] : [{ label, body, ...(name === undefined ? { type: media.type } : {}) }];
  });
};

/** The examples of a body: the document's own for each media type, else one made from the schema of the preferred one. */
export const payloadsOf = (
  context: PrintContext,
  media: readonly MediaType[],
  audience: Printing['audience'],
  budget: Printing['budget'],
): PayloadItem[] => {
  const printing: Printing = { context, audience, budget };
  const preferred = preferredMedia(media);
  if (preferred === undefined) return [];
  const made =
    preferred.examples.length > 0 ? undefined : withinBudget(printing, () => printValue(printing, preferred, undefined));
  return [
    ...(made === undefined
      ? examplesOf(printing, preferred, true)
      : [{ label: html`${preferred.type}`, type: preferred.type, body: made }]),
    ...media.filter((each) => each !== preferred).flatMap((each) => examplesOf(printing, each, false)),
  ];
};
