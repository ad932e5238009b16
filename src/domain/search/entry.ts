/** What can be found, in the order in which kinds are shown. */
export const ENTRY_KINDS = ['product', 'version', 'document', 'operation', 'schema'] as const;

/** A product; a version of one; a section of a document; an operation or a schema of a specification. */
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Something that can be found, as it is given to the index. */
export interface NewEntry {
  readonly kind: EntryKind;
  /** unique in its source */
  readonly key: string;
  readonly title: string;
  /** method and path of an operation, headings above a section */
  readonly label: string;
  /** address of an operation, name of a schema, id of a section's heading */
  readonly target: string;
  /** what it is called: whoever asks for one of these means it */
  readonly names: readonly string[];
  /** names that are its own only together with others: of the product and version around it */
  readonly fullNames?: readonly string[];
  /** what it belongs to; words of it help to find an entry, but do not find it alone */
  readonly context: readonly string[];
  /** the prose that belongs to it */
  readonly body: string;
  readonly deprecated: boolean;
}

/** Where entries come from: a product, a version's name, a version's specification, a document. */
export interface SourceAddress {
  readonly kind: 'product' | 'version' | 'specification' | 'document';
  /** of the product, version or document; of a specification that of its version */
  readonly subjectId: string;
  readonly productId: string;
}

/*
 * Ids tell the kind of an entry and its product, so that the index itself can leave out the others. They stay below what numbers of
 * JavaScript hold exactly.
 */
const ENTRIES = 2 ** 20;
const PRODUCTS = 2 ** 24;

/** Ids from the first to the last. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** The ids of a kind, of one product or of all. @param product its number in the index */
export const idsOf = (kind: EntryKind, product?: number): IdRange => {
  const start = (ENTRY_KINDS.indexOf(kind) + 1) * PRODUCTS * ENTRIES;
  if (product === undefined) return { first: start, last: start + PRODUCTS * ENTRIES - 1 };
  const first = start + product * ENTRIES;
  return { first, last: first + ENTRIES - 1 };
};

export const kindOf = (id: number): EntryKind => {
  const kind = ENTRY_KINDS[Math.floor(id / (PRODUCTS * ENTRIES)) - 1];
  if (!kind) throw new Error(`No entry has the id ${id}`);
  return kind;
};

/** The number of an entry's product. */
export const productNumberOf = (id: number): number => Math.floor(id / ENTRIES) % PRODUCTS;

/** How SQL gets a product's number out of an id: shift by so many bits, keep those of the mask. */
export const PRODUCT_BITS = { shift: Math.log2(ENTRIES), mask: PRODUCTS - 1 };
