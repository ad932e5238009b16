import { html, type SafeHtml } from '../../../../lib/html.ts';
import { asNode, type Node } from '../model/nodes.ts';
import { printAlternatives, printConditions } from './alternatives.ts';
import { schemaFacts, schemaMarks } from './facts.ts';
import { namedBody, nestedBody, type Printing, spend } from './printing.ts';
import { isStructured, typeLabel } from './type-label.ts';
import { clip } from './values.ts';
import type { SchemaProperty, SchemaView } from './view.ts';

/** Rows of one list; the rest is on the schema's own page, or named in one line. */
const MAX_ROWS = 120;
const MAX_NESTED_ROWS = 24;
const MAX_ANONYMOUS_DEPTH = 6;
const SHORT_DESCRIPTION = 140;

interface Row {
  name: SafeHtml;
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

const nested = (summary: SafeHtml, body: SafeHtml): SafeHtml =>
  html`<details class="nested"><summary>${summary}</summary>${body}</details>`;

/** The parts of a property's schema in place, or undefined when they are left to a link. */
const printNested = (printing: Printing, structure: SchemaView): SafeHtml | undefined => {
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
      .map((item, index) => html`${index > 0 && ', '}<code>${item.name}</code>`);
    return names.length > 0 ? html`<p class="schema-note">Properties: ${names}</p>` : html``;
  }
  const count = structure.properties.length;
  const summary = count > 0 ? `Show ${count} ${count === 1 ? 'property' : 'properties'}` : 'Show alternatives';
  return nested(html`${summary}`, printBody({ ...printing, depth: printing.depth + 1 }, structure));
};

const description = (printing: Printing, view: SchemaView): SafeHtml | undefined => {
  const source = view.description ?? (view.title === view.name ? undefined : view.title);
  if (source === undefined) return undefined;
  return printing.budget.left > 0
    ? html`<div class="prose">${printing.prose(source)}</div>`
    : html`<p>${clip(printing.plain(source, SHORT_DESCRIPTION), SHORT_DESCRIPTION)}</p>`;
};

/** Description and facts of a property. */
const remarks = (printing: Printing, view: SchemaView): SafeHtml => {
  const isUsual = printing.budget.left > 0 && !printing.xml;
  const known = isUsual ? printing.remarks.get(view) : undefined;
  if (known !== undefined) return known;
  const printed = html`${description(printing, view)}${schemaFacts(view, printing.xml)}`;
  if (isUsual) printing.remarks.set(view, printed);
  return printed;
};

const printRow = (printing: Printing, { name, schema, required }: Row): SafeHtml => {
  const view = printing.reader.view(schema);
  const structure = structureOf(printing, view);
  const recursive = structure?.name !== undefined && printing.ancestors.includes(structure.name);
  const text = remarks(printing, view);
  spend(printing.budget, text);
  const inner = structure && printNested(printing, structure);
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

const rowsOf = (printing: Printing, view: SchemaView): Row[] => {
  const rows: Row[] = view.properties
    .filter((item) => isShown(printing, item))
    .map(({ name, schema, required }) => ({ name: html`<code>${name}</code>`, schema, required }));
  for (const [index, schema] of view.prefixItems.entries())
    rows.push({ name: html`<code>[${index}]</code>`, schema, required: false });
  for (const [pattern, schema] of view.patternProperties)
    rows.push({ name: html`<code>/${pattern}/</code>`, schema, required: false });
  const other = asNode(view.additionalProperties);
  if (other !== undefined)
    rows.push({ name: html`<span class="property-any">any other key</span>`, schema: other, required: false });
  if (view.prefixItems.length > 0 && asNode(view.items) !== undefined)
    rows.push({ name: html`<span class="property-any">further items</span>`, schema: view.items, required: false });
  if (asNode(view.contains) !== undefined)
    rows.push({ name: html`<span class="property-any">contains</span>`, schema: view.contains, required: false });
  return rows;
};

const notes = (view: SchemaView): SafeHtml[] => {
  const closed = view.additionalProperties === false && (view.properties.length > 0 || view.patternProperties.length > 0);
  const keys = asNode(view.propertyNames) as Node | undefined;
  return [
    ...(closed ? [html`<p class="schema-note">No other properties.</p>`] : []),
    ...(view.additionalProperties === true ? [html`<p class="schema-note">Other properties are allowed.</p>`] : []),
    ...(keys?.['pattern'] === undefined
      ? []
      : [html`<p class="schema-note">Keys match <code>${String(keys['pattern'])}</code>.</p>`]),
  ];
};

const more = (printing: Printing, view: SchemaView, rest: Row[]): SafeHtml | undefined => {
  if (rest.length === 0) return undefined;
  if (view.name !== undefined) {
    const type = typeLabel(printing.reader, view, 'link');
    return html`<p class="schema-note">${rest.length} more in ${type}</p>`;
  }
  return html`<p class="schema-note">Also: ${rest.map(({ name }, index) => html`${index > 0 && ', '}${name}`)}</p>`;
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
  )}${notes(view)}${printAlternatives(inner, view, printBody)}${printConditions(inner, view)}`;
};

/** A parameter, header or property by itself: the parts of its value, if it has any. */
export const printParts = (printing: Printing, schema: unknown): SafeHtml | undefined => {
  const structure = structureOf(printing, printing.reader.view(schema));
  return structure && printNested(printing, structure);
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

/** A whole schema: its type, description and facts, then its parts. */
export const printSchema = (printing: Printing, schema: unknown): SafeHtml => {
  const view = printing.reader.view(schema);
  const structure = structureOf(printing, view);
  const type = typeLabel(printing.reader, view, printing.fragmentOf === undefined ? 'link' : 'plain');
  const source = view.description ?? (structure !== view ? structure?.description : undefined);
  const head = html`<p class="schema-type"><span class="type">${type}</span>${schemaMarks(view, false)}${
    view.mergedFrom.length > 0 && html` <span class="schema-merged">all of ${view.mergedFrom.join(', ')}</span>`
  }</p>${source !== undefined && html`<div class="prose">${printing.prose(source)}</div>`}${schemaFacts(view, printing.xml)}`;
  spend(printing.budget, head);
  return html`<div class="schema">${head}${structure && printOutermost(printing, structure)}</div>`;
};
