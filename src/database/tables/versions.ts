import type { Fixed } from '../schema-values.ts';

/** owner: products/versions */
export interface ProductVersionsTable {
  id: Fixed<string>;
  product_id: Fixed<string>;
  slug: string;
  name: string;
  name_key: string;
  labels: string;
  gateway_service_id: string | null;
  created_at: Fixed<string>;
  updated_at: string;
}
