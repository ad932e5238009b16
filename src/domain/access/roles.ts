import type { RegionCode } from '../regions/index.ts';

/** What roles are about. `organisation` is there once; of the others there are many, each with an id. */
export const ENTITY_TYPES = ['product', 'portal', 'auth-strategy', 'dcr-provider', 'control-plane', 'organisation'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/**
 * The one table of who may do what. A permission is `<entity type>.<verb>`; a role of an entity type grants its permissions on one
 * entity, or on all of its type. Verbs:
 *
 * - `product`: `read` with all its parts and analytics · `edit` product, versions, documents, specifications, gateway link · `publish`
 *   assign, publish, deprecate · `open` strategy, registration and auto-approval of its publications · `decide` registrations for it ·
 *   `delete` · `share` give roles on it · `create`
 * - `portal`: `read` with products, developers, applications, registrations, teams · `publish` what one may read · `style` its
 *   appearance · `decide` registrations, edit and delete applications · `administer` settings, log-in, developers, teams · `delete` ·
 *   `share` · `create`
 * - `auth-strategy`, `dcr-provider`: `read` · `edit` and delete · `create`
 * - `control-plane`: `read` · `edit` everything in it, and delete · `share` · `create`
 * - `organisation`: `identify` people, teams, tokens, roles · `administer` everything
 */
export const ROLES = {
  product: {
    Viewer: ['read'],
    Publisher: ['read', 'publish'],
    'Application Registration': ['read', 'open', 'decide'],
    Maintainer: ['read', 'edit', 'decide'],
    Admin: ['read', 'edit', 'publish', 'open', 'decide', 'delete', 'share'],
    Creator: ['create'],
  },
  portal: {
    Viewer: ['read'],
    'Product Publisher': ['read', 'publish'],
    'Appearance Maintainer': ['style'],
    Maintainer: ['read', 'publish', 'style', 'decide'],
    Admin: ['read', 'publish', 'style', 'decide', 'administer', 'delete', 'share'],
    Creator: ['create'],
  },
  'auth-strategy': { Viewer: ['read'], Maintainer: ['read', 'edit'], Creator: ['create'] },
  'dcr-provider': { Viewer: ['read'], Maintainer: ['read', 'edit'], Creator: ['create'] },
  'control-plane': { Viewer: ['read'], Admin: ['read', 'edit', 'share'], Creator: ['create'] },
  organisation: { 'Identity Admin': ['identify'], 'Organisation Admin': ['identify', 'administer'] },
} as const satisfies Record<EntityType, Record<string, readonly string[]>>;

type RolesOf<T extends EntityType> = (typeof ROLES)[T];
type VerbOf<T extends EntityType> = RolesOf<T>[keyof RolesOf<T>] extends readonly (infer V extends string)[] ? V : never;

/** Something that an administrator may or may not do: `product.edit`. */
export type Permission = { [T in EntityType]: `${T}.${VerbOf<T>}` }[EntityType];

/** A role as it is given: on one entity, or on all of its type, in one region or in all. */
export interface Role {
  readonly entityType: EntityType;
  /** a name of {@link ROLES}`[entityType]` */
  readonly role: string;
}

/** A role that somebody holds in the region of a request. */
export interface Grant extends Role {
  /** `*`: on all entities of the type */
  readonly entityId: string;
}

/** Where a role on all entities of a type is in force. */
export type RegionScope = RegionCode | '*';

/** Whether there is a role of this name on entities of this type. */
export const isRole = ({ entityType, role }: Role): boolean => Object.hasOwn(ROLES[entityType], role);

/** The permissions of each role, by entity type and name; asked for at every decision, so put together once. */
const PERMISSIONS: ReadonlyMap<string, ReadonlyMap<string, readonly Permission[]>> = new Map(
  Object.entries(ROLES).map(([entityType, roles]) => [
    entityType,
    new Map(
      Object.entries(roles as Record<string, readonly string[]>).map(([role, verbs]) => [
        role,
        verbs.map((verb) => `${entityType}.${verb}` as Permission),
      ]),
    ),
  ]),
);

/** The permissions that a role grants. */
export const permissionsOf = ({ entityType, role }: Role): readonly Permission[] => PERMISSIONS.get(entityType)?.get(role) ?? [];
