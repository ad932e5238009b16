import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { MediaType } from '../model/model.ts';
import { property } from '../model/nodes.ts';
import { isXml } from '../samples/media-examples.ts';
import { printSchema } from '../schema/print.ts';
import type { Printing } from '../schema/printing.ts';

interface Variant {
  types: string[];
  media: MediaType;
}

/** The same for two media types of the same schema. */
export const mediaIdentity = ({ schema, streamed }: MediaType): unknown => {
  const reference = property(schema, '$ref');
  return typeof reference === 'string' ? `${streamed} ${reference}` : (schema ?? 'none');
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

const printVariant = (printing: Printing, { types, media: { schema, streamed } }: Variant): SafeHtml =>
  html`${streamed && html`<p class="schema-note">A stream; each item is:</p>`}${
    schema === undefined
      ? html`<p class="schema-note">No schema given.</p>`
      : printSchema({ ...printing, xml: types.some(isXml) }, schema)
  }`;

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
