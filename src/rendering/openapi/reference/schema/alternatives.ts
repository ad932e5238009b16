import { html, type SafeHtml } from '../../../../lib/html.ts';
import { asNode } from '../model/nodes.ts';
import { schemaFacts } from './facts.ts';
import { nestedBody, type Printing } from './printing.ts';
import { isStructured, schemaName, typeLabel } from './type-label.ts';
import type { Alternatives, Discriminator, SchemaView } from './view.ts';

type PrintBody = (printing: Printing, view: SchemaView) => SafeHtml;

const MAX_OPTIONS = 60;
const MAX_TARGETS = 24;
const MAX_DEPTH = 6;
/** Characters that an alternative takes at least. */
const OPTION_COST = 150;

/** What the discriminator says where the schema is chosen. */
const valuesFor = (discriminator: Discriminator | undefined, name: string | undefined): string[] =>
  discriminator?.mapping.filter(([, target]) => target === name).map(([value]) => value) ?? [];

const printOption = (
  printing: Printing,
  discriminator: Discriminator | undefined,
  option: unknown,
  index: number,
  body: PrintBody,
): SafeHtml => {
  const view = printing.reader.view(option);
  const values = valuesFor(discriminator, view.name).map((value) => html` <code>${value}</code>`);
  const title = view.name === undefined && view.title !== undefined ? html`${view.title}` : undefined;
  const hasRoom = printing.budget.left > 0;
  const about = hasRoom && view.description !== undefined && html`<div class="prose">${printing.prose(view.description)}</div>`;
  const facts = hasRoom && schemaFacts(view, printing.xml);
  printing.budget.left -= OPTION_COST;
  const inner =
    !isStructured(view) || printing.depth >= MAX_DEPTH
      ? undefined
      : view.name === undefined
        ? printing.budget.left > 0 && body({ ...printing, depth: printing.depth + 1 }, view)
        : printing.levels > 0 &&
          !printing.ancestors.includes(view.name) &&
          nestedBody(printing, view.name, (one) => body(one, view));
  if (!inner) {
    const label = typeLabel(printing.reader, view, 'expand');
    return html`<li class="alternative"><span class="type">${title && html`${title}: `}${label}</span>${values}${about}${facts}</li>`;
  }
  const label = title ?? typeLabel(printing.reader, view, 'plain');
  return html`<li class="alternative"><details class="nested"${index === 0 && html` open`}><summary><b>${label}</b>${values}</summary>${about}${facts}${inner}</details></li>`;
};

const printGroup = (printing: Printing, view: SchemaView, { kind, options }: Alternatives, body: PrintBody): SafeHtml => {
  const shown = options
    .slice(0, MAX_OPTIONS)
    .map((option, index) => printOption(printing, view.discriminator, option, index, body));
  const also = view.properties.length > 0 ? 'and ' : '';
  const chosen = view.discriminator && html`, chosen by <code>${view.discriminator.propertyName}</code>`;
  return html`<div class="alternatives"><p class="schema-note">${also}${kind === 'oneOf' ? 'one of' : 'any of'}${chosen}:</p><ul>${shown}</ul>${
    options.length > MAX_OPTIONS && html`<p class="schema-note">and ${options.length - MAX_OPTIONS} more</p>`
  }</div>`;
};

/** A base schema whose discriminator maps to others that are not listed as its alternatives. */
const printMapping = ({ reader }: Printing, { discriminator, alternatives }: SchemaView): SafeHtml | undefined => {
  if (discriminator === undefined || alternatives.length > 0) return undefined;
  const targets = discriminator.mapping.slice(0, MAX_TARGETS).map(([value, name]) => {
    const target = schemaName(name, reader.resolver.schemas.has(name) ? 'link' : 'plain');
    return html`<li>${value !== name && html`<code>${value}</code> `}${target}</li>`;
  });
  const hidden = discriminator.mapping.length - targets.length;
  return html`<div class="alternatives"><p class="schema-note">Specialised by <code>${discriminator.propertyName}</code></p>${
    targets.length > 0 && html`<ul class="discriminator">${targets}${hidden > 0 && html`<li>and ${hidden} more</li>`}</ul>`
  }</div>`;
};

/** The `oneOf` and `anyOf` of a schema and its discriminator. */
export const printAlternatives = (printing: Printing, view: SchemaView, body: PrintBody): SafeHtml =>
  html`${view.alternatives.map((group) => printGroup(printing, view, group, body))}${printMapping(printing, view)}`;

/** What a condition asks of properties, in short. */
const shortly = (printing: Printing, schema: unknown): SafeHtml => {
  const view = printing.reader.view(schema);
  const required = asNode(schema)?.['required'];
  const parts = view.properties.map(({ name, schema: each }) => {
    const property = printing.reader.view(each);
    const value = [...property.constant, ...(property.enumValues ?? [])].map(String).join(', ');
    return html`<code>${name}</code>${value !== '' && html` = <code>${value}</code>`}`;
  });
  if (Array.isArray(required)) parts.push(html`required ${required.map((name) => html`<code>${String(name)}</code> `)}`);
  if (parts.length === 0) return html`${typeLabel(printing.reader, view, 'link')} ${schemaFacts(view, printing.xml)}`;
  return html`${parts.map((part, index) => html`${index > 0 && ', '}${part}`)}`;
};

/** `not` and `if`/`then`/`else`. */
export const printConditions = (printing: Printing, view: SchemaView): SafeHtml => {
  const { conditions } = view;
  const rules: [string, unknown][] = [
    ['Not', view.not],
    ['If', conditions?.test],
    ['then', conditions?.whenTrue],
    ['else', conditions?.whenFalse],
  ];
  const shown = rules.filter(([, schema]) => schema !== undefined);
  if (shown.length === 0) return html``;
  return html`<dl class="conditions">${shown.map(
    ([word, schema]) => html`<div><dt>${word}</dt><dd>${shortly(printing, schema)}</dd></div>`,
  )}</dl>`;
};
