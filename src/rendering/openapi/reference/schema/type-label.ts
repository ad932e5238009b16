import { html, type SafeHtml } from '../../../../lib/html.ts';
import { schemaUrl } from '../html/urls.ts';
import { isStructured } from './structure.ts';
import type { NameStyle, SchemaReader, SchemaView } from './view.ts';

const MAX_DEPTH = 4;
const MAX_OPTIONS = 4;

/** The name of a named schema, linked as asked. */
export const schemaName = (name: string, style: NameStyle): SafeHtml => {
  // Nothing to press.
  if (style === 'plain' || name === '') return html`<span class="schema-name">${name}</span>`;
  return html`<a class="schema-name" href="${schemaUrl(name)}"${style === 'expand' && html` data-schema`}>${name}</a>`;
};

/** Labels joined by "or", the same ones once. */
const join = (labels: SafeHtml[]): SafeHtml => {
  const distinct = new Map(labels.map((label) => [label.value, label]));
  return html`${[...distinct.values()].map((label, index) => (index === 0 ? label : html` <span class="type-or">or</span> ${label}`))}`;
};

const alternativesLabel = (reader: SchemaReader, view: SchemaView, style: NameStyle, depth: number): SafeHtml => {
  const options = view.alternatives.flatMap(({ options: each }) => each);
  if (view.types.length > 0 && view.properties.length > 0) return html`${view.types.join(' or ')}`;
  if (options.length > MAX_OPTIONS) return html`${view.alternatives[0]?.kind === 'anyOf' ? 'any' : 'one'} of ${options.length}`;
  return join(options.map((option) => label(reader, reader.view(option), style === 'expand' ? 'link' : style, depth + 1)));
};

const bare = (reader: SchemaReader, view: SchemaView, style: NameStyle, depth: number): SafeHtml => {
  if (view.unresolved !== undefined && view.types.length === 0)
    return html`<span class="type-unresolved">${view.unresolved.split('/').at(-1) ?? ''}</span>`;
  if (view.always !== undefined) return html`${view.always ? 'any' : 'never'}`;
  if (view.name !== undefined && isStructured(view)) return schemaName(view.name, style);
  // Of a list whose places mean something, further items are only a part.
  if (view.types.includes('array') && view.items !== undefined && view.prefixItems.length === 0 && depth < MAX_DEPTH)
    return html`array of ${label(reader, reader.view(view.items), style, depth + 1)}`;
  if (view.alternatives.length > 0 && depth < MAX_DEPTH) return alternativesLabel(reader, view, style, depth);
  if (view.constant.length > 0 && view.types.length === 0) return html`constant`;
  const type = view.types.length > 0 ? view.types.join(' or ') : 'any';
  return view.format === undefined ? html`${type}` : html`${type} <span class="format">(${view.format})</span>`;
};

const label = (reader: SchemaReader, view: SchemaView, style: NameStyle, depth: number): SafeHtml => {
  const type = bare(reader, view, style, depth);
  return view.nullable ? html`${type} <span class="type-or">or</span> null` : type;
};

/** The type of a schema in words: `string uuid`, `array of Pet`, `Cat or Dog`, `integer or null`. */
export const typeLabel = (reader: SchemaReader, view: SchemaView, style: NameStyle): SafeHtml => {
  const labels = reader.labels[style];
  const known = labels.get(view);
  if (known !== undefined) return known;
  const printed = label(reader, view, style, 0);
  labels.set(view, printed);
  return printed;
};
