import type { ColumnType } from 'kysely';
import type { Bit, Fixed } from '../schema-values.ts';

/** owner: search; what entries of the search index are made of: a product, a version's name, a version's specification, a document */
export interface SearchSourcesTable {
  id: ColumnType<number, number | undefined, never>;
  kind: Fixed<'product' | 'version' | 'specification' | 'document'>;
  /** of the product, version or document; a specification has that of its version */
  subject_id: Fixed<string>;
  product_id: Fixed<string>;
  /** of a specification or document: while there is another one, nothing of this is found */
  content_hash: string | null;
  /** a hash of all that the entries were made of */
  state: string;
}

/** owner: search; what can be found: a product, a version, a section of a document, an operation, a schema. Its words are in `search_index` */
export interface SearchEntriesTable {
  id: Fixed<number>;
  source_id: Fixed<number>;
  /** unique in its source */
  key: Fixed<string>;
  /** a hash of all the rest */
  digest: string;
  title: string;
  /** method and path of an operation, headings above a section */
  label: string;
  /** address of an operation, name of a schema, id of a section's heading */
  target: string;
  /** the words of its names, in lines */
  name_key: string;
  /** the prose that belongs to it */
  body: string;
  deprecated: Bit;
}

/** owner: search; the numbers by which the index knows products. None is given twice while there are entries of its product */
export interface SearchProductsTable {
  product_id: Fixed<string>;
  number: Fixed<number>;
}

/** owner: search; the words that occur in entries, for finding out what a beginning, or a misspelt one, was meant to be */
export interface SearchWordsTable {
  word: string;
}

/** owner: search; names that are written together, which occur in entries beside their parts */
export interface SearchCompoundsTable {
  /** of the first part: whoever types no more than that means the part */
  first_length: number;
  word: string;
}

/** owner: search; what is left of a word when letters are left out */
export interface SearchTyposTable {
  spelling: string;
  word: string;
}

/** owner: search; whose entries are to be written anew */
export interface SearchDueTable {
  kind: 'product' | 'version' | 'document';
  subject_id: string;
  /** one up with every change: what changed while its entries were written stays due */
  round: number;
  /** how often it was begun since it was last done */
  attempts: number;
  due_at: string;
}
