import { html, type SafeHtml } from '../../../../lib/html.ts';
import { asNode } from '../model/nodes.ts';
import { printAlternatives } from './alternatives.ts';
import { printConditions } from './conditions.ts';
import { schemaFacts, schemaMarks } from './facts.ts';
import { namedBody, nestedBody, type Printing, spend } from './printing.ts';
import { description, eachItem, itemRemarks, moreAbout, remarks } from './remarks.ts';
import { isStructured } from './structure.ts';
import { schemaName, typeLabel } from './type-label.ts';
import type { SchemaProperty, SchemaView } from './view.ts';

/** Rows of one list; the rest is on the schema's own page, or named in one line. */
const MAX_ROWS = 120;
const MAX_NESTED_ROWS = 24;
const MAX_ANONYMOUS_DEPTH = 6;

interface Row {
  name: SafeHtml;
  /** What the name says, in words. */
  said: string | undefined;
  schema: unknown;
  required: boolean;
}

/** Through arrays, the schema that has parts to show. */
const structureOf = (printing: Printing, view: SchemaView): SchemaView | undefined => {
  let inner = view;
  for (let depth = 0; depth < 5; depth++) {
    if (isStructured(inner)) return inner;
    if (inner.items === undefined) return undefined;
    inner = printing.reader.view(inner.items);
  }
  return undefined;
};

/** The parts of a property's schema in place, below what is said about them; undefined when they are left to a link. */
const printNested = (printing: Printing, structure: SchemaView, about?: SafeHtml): SafeHtml | undefined => {
  const nested = (summary: SafeHtml, body: SafeHtml): SafeHtml =>
    html`<details class="nested"><summary>${summary}</summary>${about}${body}</details>`;
  const { name } = structure;
  if (name !== undefined) {
    if (printing.levels === 0 || printing.ancestors.includes(name)) return undefined;
    const body = nestedBody(printing, name, (inner) => printBody(inner, structure));
    return body && nested(html`Show <b>${name}</b>`, body);
  }
  const hasRoom = printing.budget.left > 0 && printing.depth < MAX_ANONYMOUS_DEPTH;
  if (!hasRoom) {
    const names = structure.properties
      .slice(0, MAX_ROWS)
      .map((item, index) => html`${index > 0 && ' '}<code>${item.name}</code>`);
    return names.length > 0 ? html`<p class="schema-note">Properties: ${names}</p>` : html``;
  }
  return nested(html`Show ${partsInWords(structure)}`, printBody({ ...printing, depth: printing.depth + 1 }, structure));
};

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const partsInWords = ({ properties, alternatives, prefixItems }: SchemaView): string => {
  if (properties.length > 0) return counted(properties.length, 'property', 'properties');
  if (alternatives.length > 0) return 'alternatives';
  return prefixItems.length > 0 ? counted(prefixItems.length, 'item', 'items') : 'details';
};

const printRow = (printing: Printing, { name, said, schema, required }: Row): SafeHtml => {
  const view = printing.reader.view(schema);
  const structure = structureOf(printing, view);
  const recursive = structure?.name !== undefined && printing.ancestors.includes(structure.name);
  const text = remarks(printing, view, said);
  spend(printing.budget, text);
  const inner =
    structure && printNested(printing, structure, structure === view ? undefined : remarks(printing, structure, said));
  const type = typeLabel(printing.reader, view, inner === undefined ? (recursive ? 'link' : 'expand') : 'plain');
  const head = html`${name} <span class="type">${type}</span>${schemaMarks(view, required)}${
    recursive && html` <span class="mark mark-note">recursive</span>`
  }`;
  spend(printing.budget, head);
  return html`<div><dt>${head}</dt><dd>${text}${inner}</dd></div>`;
};

const isShown = (printing: Printing, { schema }: SchemaProperty): boolean => {
  if (printing.audience === 'both') return true;
  const { readOnly, writeOnly } = printing.reader.view(schema);
  return !(printing.audience === 'request' && readOnly) && !(printing.audience === 'response' && writeOnly);
};

const special = (words: string, schema: unknown): Row => ({
  name: html`<span class="property-any">${words}</span>`,
  said: undefined,
  schema,
  required: false,
});

/** The places of a list that mean something, and what holds for the others. */
const itemRows = (view: SchemaView): Row[] => {
  const places = view.prefixItems.map((schema, index) => ({
    name: html`<code>[${index}]</code>`,
    said: undefined,
    schema,
    required: false,
  }));
  const holdsParts = places.length > 0 || asNode(view.contains) !== undefined;
  return [
    ...places,
    ...(holdsParts && asNode(view.items) !== undefined
      ? [special(places.length > 0 ? 'further items' : 'each item', view.items)]
      : []),
    ...(asNode(view.contains) === undefined ? [] : [special('contains', view.contains)]),
  ];
};

const rowsOf = (printing: Printing, view: SchemaView): Row[] => {
  const keys = asNode(view.extras?.propertyNames);
  const decoded = asNode(view.extras?.contentSchema);
  const own = view.properties
    .filter((item) => isShown(printing, item))
    .map(({ name, schema, required }): Row => ({ name: html`<code>${name}</code>`, said: name, schema, required }));
  const matching = view.patternProperties.map(
    ([pattern, schema]): Row => ({ name: html`<code>/${pattern}/</code>`, said: undefined, schema, required: false }),
  );
  return [
    ...own,
    ...itemRows(view),
    ...matching,
    ...(asNode(view.additionalProperties) === undefined ? [] : [special('any other key', view.additionalProperties)]),
    ...(keys === undefined ? [] : [special('all keys', { type: 'string', ...keys })]),
    ...(decoded === undefined ? [] : [special('decoded', decoded)]),
  ];
};

const notes = (view: SchemaView): SafeHtml[] => {
  const closed = view.additionalProperties === false && (view.properties.length > 0 || view.patternProperties.length > 0);
  return [
    ...(closed ? [html`<p class="schema-note">No other properties.</p>`] : []),
    ...(view.additionalProperties === true ? [html`<p class="schema-note">Other properties are allowed.</p>`] : []),
    ...(view.items === false && view.prefixItems.length > 0 ? [html`<p class="schema-note">No further items.</p>`] : []),
  ];
};

const more = (printing: Printing, view: SchemaView, rest: Row[]): SafeHtml | undefined => {
  if (rest.length === 0) return undefined;
  if (view.name !== undefined) {
    const type = typeLabel(printing.reader, view, 'link');
    return html`<p class="schema-note">${rest.length} more in ${type}</p>`;
  }
  return html`<p class="schema-note">Also: ${rest.map(({ name }, index) => html`${index > 0 && ' '}${name}`)}</p>`;
};

/** The parts of a schema: its properties, alternatives, conditions and what else it says about its shape. */
const printBody = (printing: Printing, view: SchemaView): SafeHtml => {
  const rows = rowsOf(printing, view);
  const limit = printing.nested ? MAX_NESTED_ROWS : MAX_ROWS;
  const shown = rows.slice(0, limit);
  const inner: Printing = view.name === undefined ? printing : { ...printing, ancestors: [...printing.ancestors, view.name] };
  return html`${shown.length > 0 && html`<dl class="properties">${shown.map((row) => printRow(inner, row))}</dl>`}${more(
    printing,
    view,
    rows.slice(limit),
  )}${notes(view)}${printAlternatives(inner, view, printBody)}${printConditions(inner, view, printBody)}`;
};

/** A parameter, header or property by itself: the parts of its value, if it has any. */
export const printParts = (printing: Printing, schema: unknown): SafeHtml | undefined => {
  const view = printing.reader.view(schema);
  const structure = structureOf(printing, view);
  return structure && printNested(printing, structure, structure === view ? undefined : remarks(printing, structure, undefined));
};

/** The body of a schema that is not inside another: as much of a named one as there is room for. */
const printOutermost = (printing: Printing, structure: SchemaView): SafeHtml => {
  const { name } = structure;
  if (name === undefined || printing.fragmentOf !== undefined) return printBody(printing, structure);
  const print = (inner: Printing): SafeHtml => printBody(inner, structure);
  const full = namedBody(printing, name, 'full', print);
  const fits = full.value.length <= printing.budget.left && printing.levels > 0;
  const body = fits ? full : namedBody(printing, name, 'short', print);
  const room = printing.budget.left > 0;
  spend(printing.budget, body);
  return room ? body : html`<p class="schema-note">See ${typeLabel(printing.reader, structure, 'expand')}</p>`;
};

/** What only the schema's own page says: the names that it gives itself, and schemas of its own. */
const ownNames = (printing: Printing, { extras }: SchemaView): SafeHtml | undefined => {
  if (printing.fragmentOf === undefined || extras === undefined) return undefined;
  const { identifiers, definitions } = extras;
  const rows = definitions.map(
    ([name, schema]): Row => ({ name: html`<code>${name}</code>`, said: name, schema, required: false }),
  );
  return html`${
    identifiers.length > 0 &&
    html`<ul class="rules">${identifiers.map(([label, name]) => html`<li>${label} <code>${name}</code></li>`)}</ul>`
  }${
    rows.length > 0 &&
    html`<p class="schema-note">Schemas of its own</p><dl class="properties">${rows.map((row) => printRow(printing, row))}</dl>`
  }`;
};

/** A whole schema: its type, description and facts, then its parts. */
export const printSchema = (printing: Printing, schema: unknown): SafeHtml => {
  const view = printing.reader.view(schema);
  const structure = structureOf(printing, view);
  const { fragmentOf } = printing;
  const type = typeLabel(printing.reader, view, fragmentOf === undefined ? 'link' : 'plain');
  const inner = structure !== undefined && structure !== view ? structure : undefined;
  const own = html`${description(printing, view, printing.fragmentOf)}${moreAbout(view)}${schemaFacts(view, printing.xml)}`;
  const items = inner ? remarks(printing, inner, undefined) : itemRemarks(printing, view);
  const head = html`<p class="schema-type"><span class="type">${type}</span>${schemaMarks(view, false)}${
    view.mergedFrom.length > 0 &&
    html`<span class="schema-merged"> · all of ${view.mergedFrom.map((name, at) => html`${at > 0 && ', '}${schemaName(name, name === fragmentOf ? 'plain' : 'link')}`)}</span>`
  }</p>${own}${inner && own.value !== '' ? eachItem(items) : items}`;
  spend(printing.budget, head);
  return html`<div class="schema">${head}${structure && printOutermost(printing, structure)}${ownNames(printing, view)}</div>`;
};
