import type { OrganisationSchema } from './organisation-schema.ts';
import type { RegionSchema } from './region-schema.ts';

export type * from './tables/index.ts';

/** All tables: the organisation's and a region's may be in one database, and so never have the same name. */
export interface Schema extends OrganisationSchema, RegionSchema {}
