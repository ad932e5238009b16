import { html, type SafeHtml } from '../../../../lib/html.ts';
import { externalLink } from '../html/urls.ts';
import { schemaFacts } from './facts.ts';
import type { Printing } from './printing.ts';
import { isStructured } from './structure.ts';
import { clip } from './values.ts';
import type { SchemaView } from './view.ts';

const SHORT_DESCRIPTION = 140;

/** Letters and digits alone: `Item Id` says nothing that `item_id` does not. */
const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a title repeats a name: in its words, or as a program does that makes titles such as `line_item_params` of `line_items`. */
const repeats = (title: string, name: string): boolean => {
  const stem = bare(name).replace(/s$/, '');
  return bare(title) === bare(name) || (stem.length > 2 && /^\w+_\w+$/.test(title) && bare(title).startsWith(stem));
};

const titleOf = ({ title, name, description }: SchemaView, said: string | undefined): string | undefined =>
  title === undefined || title === description || [said, name].some((each) => each !== undefined && repeats(title, each))
    ? undefined
    : title;

/** Title and description of a schema; `said` is what its title need not say again. */
export const description = (printing: Printing, view: SchemaView, said: string | undefined): SafeHtml => {
  const title = titleOf(view, said);
  const source = view.description;
  const hasRoom = printing.budget.left > 0;
  return html`${title !== undefined && html`<p class="schema-title">${title}</p>`}${
    source !== undefined &&
    (hasRoom
      ? html`<div class="prose">${printing.prose(source)}</div>`
      : html`<p>${clip(printing.plain(source, SHORT_DESCRIPTION), SHORT_DESCRIPTION)}</p>`)
  }`;
};

/** A link to more about a schema. */
export const moreAbout = ({ extras }: SchemaView): SafeHtml | undefined =>
  extras?.externalDocs && html`<p>${externalLink(extras.externalDocs.url, extras.externalDocs.text)}</p>`;

/** All that is said about a schema beside its name, type and parts; `said` is what its title need not say again. */
export const remarks = (printing: Printing, view: SchemaView, said: string | undefined): SafeHtml => {
  const isUsual = printing.budget.left > 0 && !printing.xml;
  const known = isUsual ? printing.remarks.get(view) : undefined;
  if (known !== undefined) return known;
  const printed = html`${description(printing, view, said)}${moreAbout(view)}${schemaFacts(view, printing.xml)}${itemRemarks(printing, view)}`;
  if (isUsual) printing.remarks.set(view, printed);
  return printed;
};

/** Marks what is said about the items of a list, rather than about the list. */
export const eachItem = (text: SafeHtml | undefined): SafeHtml | undefined =>
  text === undefined || text.value === ''
    ? undefined
    : html`<div class="item-facts"><p class="schema-note">Each item:</p>${text}</div>`;

const MAX_LEVELS = 4;

/**
 * What is said about the items of a list, where they have no parts of their own to show: lists inside lists included. Named ones are
 * described on their page.
 */
export const itemRemarks = (printing: Printing, view: SchemaView): SafeHtml | undefined => {
  let inner = view;
  // a list that is structured itself, such as a tuple, has a row for its items
  for (let level = 0; level < MAX_LEVELS && inner.items !== undefined && !isStructured(inner); level++) {
    inner = printing.reader.view(inner.items);
    if (isStructured(inner)) return undefined;
    const isNamed = inner.name !== undefined;
    const text = html`${!isNamed && description(printing, inner, undefined)}${!isNamed && moreAbout(inner)}${schemaFacts(inner, printing.xml)}`;
    if (text.value !== '') return eachItem(text);
  }
  return undefined;
};
