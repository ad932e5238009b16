import type { PortalId, ProductId } from '../ids.ts';
import type { LabelChanges, Labels } from '../labels/index.ts';
import type { LabelCondition, ListQuery } from '../listing.ts';

/** What is published: a name, and the versions and documents behind it. */
export interface Product {
  readonly id: ProductId;
  /** Its place in addresses; made from the first name and never changed, so that links keep working. */
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  /** For publishers. */
  readonly labels: Labels;
  /** Shown to developers. */
  readonly publicLabels: Labels;
  readonly versionCount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewProduct {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly labels?: Labels | undefined;
  readonly publicLabels?: Labels | undefined;
}

/** Absent leaves as it is. */
export interface ProductChanges {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly labels?: LabelChanges | undefined;
  readonly publicLabels?: LabelChanges | undefined;
}

export type ProductFilterField = 'name';
export type ProductSortField = 'name' | 'created_at' | 'updated_at';

export interface ProductQuery extends ListQuery<ProductFilterField, ProductSortField> {
  readonly labels?: readonly LabelCondition[];
  readonly publicLabels?: readonly LabelCondition[];
  /** labels of either kind */
  readonly anyLabels?: readonly LabelCondition[];
  /** only those that are assigned to this portal */
  readonly portalId?: PortalId | undefined;
}
