import { html, type SafeHtml } from '../../../../lib/html.ts';
import { schemaFacts } from './facts.ts';
import { heirsOf } from './heirs.ts';
import { nestedBody, type Printing } from './printing.ts';
import { isStructured } from './structure.ts';
import { schemaName, typeLabel } from './type-label.ts';
import type { Alternatives, Discriminator, SchemaView } from './view.ts';

export type PrintBody = (printing: Printing, view: SchemaView) => SafeHtml;

/** What comes before alternatives: where they are all there is, and where they add to properties. */
const INTRODUCTIONS = { oneOf: ['One of', 'And one of'], anyOf: ['Any of', 'And any of'] } as const;

const MAX_OPTIONS = 60;
/** As many make tabs; more are a list. */
const MAX_TABS = 10;
const MAX_TARGETS = 24;
const MAX_DEPTH = 6;
/** Characters that an alternative takes at least. */
const OPTION_COST = 150;

/** An alternative as it is shown. */
interface Option {
  /** The title that the document gives one that has no name. */
  title: string | undefined;
  label: SafeHtml;
  /** What the discriminator says where it is chosen. */
  values: SafeHtml[];
  /** Its type, as a link where its parts are not shown here. */
  type: SafeHtml;
  about: SafeHtml;
  /** Its parts, where they are shown here. */
  parts: SafeHtml | undefined;
}

const valuesFor = (discriminator: Discriminator | undefined, name: string | undefined): string[] =>
  discriminator?.mapping.filter(([, target]) => target === name).map(([value]) => value) ?? [];

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

const printTabs = (printing: Printing, options: readonly Option[]): SafeHtml => {
  const name = printing.nextStack();
  return html`<div class="option-stack" data-tabs="">${options.map(
    ({ title, label, values, type, about, parts }, index) =>
      html`<details class="alternative" name="${name}"${index === 0 && html` open`}><summary><b>${title ?? label}</b>${values}</summary><div>${
        parts === undefined && html`<p class="schema-type"><span class="type">${type}</span></p>`
      }${about}${parts}</div></details>`,
  )}</div>`;
};

const printList = (options: readonly Option[]): SafeHtml =>
  html`<ul>${options.map(({ title, label, values, type, about, parts }) =>
    parts === undefined
      ? html`<li class="alternative"><span class="type">${title !== undefined && html`${title}: `}${type}</span>${values}${about}</li>`
      : html`<li class="alternative"><details class="nested"><summary><b>${title ?? label}</b>${values}</summary>${about}${parts}</details></li>`,
  )}</ul>`;

const printGroup = (printing: Printing, view: SchemaView, { kind, options }: Alternatives, body: PrintBody): SafeHtml => {
  const { discriminator } = view;
  const shown = options.slice(0, MAX_OPTIONS).map((option) => readOption(printing, discriminator, option, body));
  const [alone, further] = INTRODUCTIONS[kind];
  const intro = view.properties.length > 0 ? further : alone;
  const chosen = discriminator ? html` these, chosen by <code>${discriminator.propertyName}</code>` : ':';
  const areTabs = shown.length <= MAX_TABS && shown.some(({ parts }) => parts !== undefined);
  return html`<div class="alternatives"><p class="schema-note">${intro}${chosen}</p>${
    areTabs ? printTabs(printing, shown) : printList(shown)
  }${options.length > MAX_OPTIONS && html`<p class="schema-note">and ${options.length - MAX_OPTIONS} more</p>`}</div>`;
};

const targetName = ({ reader }: Printing, name: string): SafeHtml =>
  schemaName(name, reader.resolver.schemas.has(name) ? 'link' : 'plain');

/** A base schema whose discriminator leads to others that are not listed as its alternatives: those it maps to, and its heirs. */
const printMapping = (printing: Printing, discriminator: Discriminator, base: string | undefined): SafeHtml => {
  const mapped = new Set(discriminator.mapping.map(([, target]) => target));
  const heirs = base === undefined ? [] : heirsOf(printing.reader.resolver, base).filter((name) => !mapped.has(name));
  const mapping = [...discriminator.mapping, ...heirs.map((name) => [name, name] as const)];
  const targets = mapping
    .slice(0, MAX_TARGETS)
    .map(([value, name]) => html`<li>${value !== name && html`<code>${value}</code> `}${targetName(printing, name)}</li>`);
  const hidden = mapping.length - targets.length;
  if (targets.length === 0)
    return html`<p class="schema-note"><code>${discriminator.propertyName}</code> tells which schema it is</p>`;
  return html`<div class="alternatives"><p class="schema-note">Specialised by <code>${discriminator.propertyName}</code></p><ul class="discriminator">${targets}${hidden > 0 && html`<li>and ${hidden} more</li>`}</ul></div>`;
};

const printDiscriminator = (printing: Printing, { discriminator, alternatives, name }: SchemaView): SafeHtml | undefined => {
  if (discriminator === undefined) return undefined;
  const { otherwise, propertyName } = discriminator;
  const base = name ?? (printing.depth === 0 ? printing.fragmentOf : undefined);
  return html`${alternatives.length === 0 && printMapping(printing, discriminator, base)}${
    otherwise !== undefined &&
    html`<p class="schema-note">Where <code>${propertyName}</code> is none of these: ${targetName(printing, otherwise)}</p>`
  }`;
};

/** The `oneOf` and `anyOf` of a schema and its discriminator. */
export const printAlternatives = (printing: Printing, view: SchemaView, body: PrintBody): SafeHtml =>
  html`${view.alternatives.map((group) => printGroup(printing, view, group, body))}${printDiscriminator(printing, view)}`;
