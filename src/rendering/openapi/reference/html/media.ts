import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Encoding, MediaType } from '../model/model.ts';
import { property } from '../model/nodes.ts';
import { isXml } from '../samples/media-kinds.ts';
import { printSchema } from '../schema/print.ts';
import type { Printing } from '../schema/printing.ts';
import { printParameterList } from './parameters.ts';

interface Variant {
  types: string[];
  media: MediaType;
}

/** The same for two media types of the same schema. */
export const mediaIdentity = ({ schema, itemSchema, encodings }: MediaType): unknown => {
  const [only, kind] = itemSchema === undefined ? [schema, 'whole'] : [itemSchema, 'items'];
  if (encodings.length > 0 || (schema !== undefined && itemSchema !== undefined)) return encodings;
  const reference = property(only, '$ref');
  return typeof reference === 'string' ? `${kind} ${reference}` : (only ?? 'none');
};

const variantsOf = (media: readonly MediaType[]): Variant[] => {
  const variants = new Map<unknown, Variant>();
  for (const each of media) {
    const key = mediaIdentity(each);
    const known = variants.get(key);
    if (known === undefined) variants.set(key, { types: [each.type], media: each });
    else known.types.push(each.type);
  }
  return [...variants.values()];
};

const typeNames = (types: readonly string[]): SafeHtml =>
  html`${types.map((type, index) => html`${index > 0 && ' '}<code class="media-type">${type}</code>`)}`;

const rulesOf = ({ contentType, style, explode, allowReserved }: Encoding): SafeHtml[] => [
  ...(contentType === undefined ? [] : [html`<li>sent as <code>${contentType}</code></li>`]),
  ...(style === undefined ? [] : [html`<li>style <code>${style}</code></li>`]),
  ...(explode === undefined ? [] : [html`<li>${explode ? 'repeated for several values' : 'several values in one'}</li>`]),
  ...(allowReserved ? [html`<li>reserved characters are not encoded</li>`] : []),
];

const printEncodings = (printing: Printing, encodings: readonly Encoding[]): SafeHtml =>
  html`<dl class="properties encodings">${encodings.map((encoding) => {
    const rules = rulesOf(encoding);
    return html`<div><dt><code>${encoding.part}</code></dt><dd>${rules.length > 0 && html`<ul class="rules">${rules}</ul>`}${
      encoding.headers.length > 0 &&
      html`<p class="schema-note">with headers</p>${printParameterList(printing, encoding.headers)}`
    }${encoding.parts.length > 0 && html`<p class="schema-note">with parts of its own</p>${printEncodings(printing, encoding.parts)}`}</dd></div>`;
  })}</dl>`;

const FILE_WORDS = { request: 'A file is sent.', response: 'A file is answered.', both: 'A file.' } as const;

/** Of a body that is a file there is nothing to show but what is said of it; undefined for any other. */
const printFile = ({ reader, prose, audience }: Printing, schema: unknown): SafeHtml | undefined => {
  const { name, types, format, description } = reader.view(schema);
  if (name !== undefined || format !== 'binary' || types.some((type) => type !== 'string')) return undefined;
  return html`<p class="schema-type"><span class="type">${FILE_WORDS[audience]}</span></p>${
    description !== undefined && html`<div class="prose">${prose(description)}</div>`
  }`;
};

const printVariant = (printing: Printing, { types, media: { schema, itemSchema, encodings } }: Variant): SafeHtml => {
  const inner = { ...printing, xml: types.some(isXml) };
  return html`${schema !== undefined && (printFile(inner, schema) ?? printSchema(inner, schema))}${
    itemSchema !== undefined && html`<p class="schema-note">A stream; each item is:</p>${printSchema(inner, itemSchema)}`
  }${schema === undefined && itemSchema === undefined && html`<p class="schema-note">No schema given.</p>`}${
    encodings.length > 0 && html`<p class="schema-note">How parts are written:</p>${printEncodings(printing, encodings)}`
  }`;
};

/**
 * The media types of a body: one is shown as it is, several as a stack of which one is open at a time.
 *
 * @param id names the stack; unique in the page.
 */
export const printMedia = (printing: Printing, id: string, media: readonly MediaType[]): SafeHtml => {
  const variants = variantsOf(media);
  const [only] = variants;
  if (only === undefined) return html``;
  if (variants.length === 1)
    return html`<div class="media"><p class="media-types">${typeNames(only.types)}</p>${printVariant(printing, only)}</div>`;
  const stack = variants.map(
    (variant, index) =>
      html`<details class="media" name="${id}" data-media="${variant.types[0]}"${index === 0 && html` open`}><summary>${typeNames(variant.types)}</summary>${printVariant(printing, variant)}</details>`,
  );
  return html`<div class="media-stack" data-tabs="media">${stack}</div>`;
};
