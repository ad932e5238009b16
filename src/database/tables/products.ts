import type { Fixed } from '../schema-values.ts';

/** owner: products */
export interface ProductsTable {
  id: Fixed<string>;
  slug: string;
  name: string;
  name_key: string;
  description: string | null;
  labels: string;
  public_labels: string;
  /** name, description and the values of public labels, folded, in lines */
  found_by: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products; the labels of a product once more, for filters and counts */
export interface ProductLabelsTable {
  product_id: string;
  audience: 'internal' | 'public';
  key: string;
  value: string;
  value_key: string;
}
