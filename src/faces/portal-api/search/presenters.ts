import { ENTRY_KINDS, type Found, type Hit, type Piece } from '../../../domain/search/index.ts';

const presentPiece = ({ text, isHit }: Piece) => ({ text, match: isHit });

/** Something that was found, by the names and addresses under which the rest of the API knows it. */
export const presentHit = (hit: Hit) => ({
  kind: hit.kind,
  title: hit.title.map(presentPiece),
  excerpt: hit.excerpt.map(presentPiece),
  deprecated: hit.deprecated,
  product: hit.product,
  version: hit.version ?? null,
  document:
    hit.document === undefined
      ? null
      : {
          ...hit.document,
          heading_id: hit.target === '' ? null : hit.target,
          headings_above: hit.above === '' ? null : hit.above,
        },
  operation: hit.kind === 'operation' ? { address: hit.target, method: hit.method ?? '', path: hit.path ?? '' } : null,
  schema: hit.kind === 'schema' ? { name: hit.target } : null,
});

/** How much of each kind and product was found, whether that is all, and what was looked for instead of misspelt words. */
export const presentFacets = ({ kinds, cutKinds, products, corrected }: Found) => ({
  kinds: ENTRY_KINDS.map((kind) => ({ kind, count: kinds[kind], more: cutKinds.includes(kind) })),
  products,
  corrected: corrected ?? null,
});
