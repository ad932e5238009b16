import { html, type SafeHtml } from '../../../../lib/html.ts';
import { printDiscriminator } from './discriminator.ts';
import { schemaFacts } from './facts.ts';
import { type Option, type PrintBody, printOptions, valuesFor } from './options.ts';
import { nestedBody, type Printing } from './printing.ts';
import { isStructured } from './structure.ts';
import { typeLabel } from './type-label.ts';
import type { Alternatives, Discriminator, SchemaView } from './view.ts';

/** What comes before alternatives: where they are all there is, and where they add to properties. */
const INTRODUCTIONS = { oneOf: ['One of', 'And one of'], anyOf: ['Any of', 'And any of'] } as const;

const MAX_OPTIONS = 60;
const MAX_DEPTH = 6;
/** Characters that an alternative takes at least. */
const OPTION_COST = 150;

const printParts = (printing: Printing, view: SchemaView, body: PrintBody): SafeHtml | undefined => {
  if (!isStructured(view) || printing.depth >= MAX_DEPTH) return undefined;
  if (view.name === undefined)
    return printing.budget.left > 0 ? body({ ...printing, depth: printing.depth + 1 }, view) : undefined;
  // On the page of a schema, its alternatives are what it is about.
  const isShown = printing.levels > 0 || printing.fragmentOf !== undefined;
  if (!isShown || printing.ancestors.includes(view.name)) return undefined;
  return nestedBody(printing, view.name, (one) => body(one, view));
};

const readOption = (printing: Printing, discriminator: Discriminator | undefined, option: unknown, body: PrintBody): Option => {
  const view = printing.reader.view(option);
  const hasRoom = printing.budget.left > 0;
  const about = hasRoom
    ? html`${view.description !== undefined && html`<div class="prose">${printing.prose(view.description)}</div>`}${schemaFacts(
        view,
        printing.xml,
      )}`
    : html``;
  printing.budget.left -= OPTION_COST;
  const parts = printParts(printing, view, body);
  return {
    title: view.name === undefined ? view.title : undefined,
    label: typeLabel(printing.reader, view, 'plain'),
    values: valuesFor(discriminator, view.name).map((value) => html` <code>${value}</code>`),
    type: typeLabel(printing.reader, view, 'expand'),
    about,
    parts,
  };
};

const printGroup = (printing: Printing, view: SchemaView, { kind, options }: Alternatives, body: PrintBody): SafeHtml => {
  const { discriminator } = view;
  const shown = options.slice(0, MAX_OPTIONS).map((option) => readOption(printing, discriminator, option, body));
  const [alone, further] = INTRODUCTIONS[kind];
  const intro = view.properties.length > 0 ? further : alone;
  const chosen = discriminator ? html` these, chosen by <code>${discriminator.propertyName}</code>` : ':';
  return html`<div class="alternatives"><p class="schema-note">${intro}${chosen}</p>${printOptions(
    printing,
    shown,
  )}${options.length > MAX_OPTIONS && html`<p class="schema-note">and ${options.length - MAX_OPTIONS} more</p>`}</div>`;
};

/** The `oneOf` and `anyOf` of a schema and its discriminator. */
export const printAlternatives = (printing: Printing, view: SchemaView, body: PrintBody): SafeHtml =>
  html`${view.alternatives.map((group) => printGroup(printing, view, group, body))}${printDiscriminator(printing, view, body)}`;
