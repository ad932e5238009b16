import type { EntityType } from '../../../domain/access/index.ts';
import { getAuthStrategy, listAuthStrategies } from '../../../domain/auth-strategies/index.ts';
import { DomainError } from '../../../domain/errors.ts';
import { getControlPlane, listControlPlanes } from '../../../domain/gateways/index.ts';
import type { AuthStrategyId, ControlPlaneId, PortalId, ProductId } from '../../../domain/ids.ts';
import type { Filter, Listed } from '../../../domain/listing.ts';
import { getPortal, listPortals } from '../../../domain/portals/index.ts';
import { getProduct, listProducts } from '../../../domain/products/index.ts';
import type { AdminContext } from '../context.ts';

/** What a menu offers at most; a search narrows it down. */
const OFFERED = 50;

interface NamedEntity {
  readonly id: string;
  readonly name: string;
}

const NOTHING: Listed<NamedEntity> = { items: [], total: 0, page: { number: 1, size: OFFERED } };

/** The entities of a type whose name holds some words, as far as the administrator may see them. */
export const findEntities = async (
  ctx: AdminContext,
  entityType: EntityType,
  text: string,
): Promise<{ readonly items: readonly NamedEntity[]; readonly isAll: boolean }> => {
  const filters: Filter<'name'>[] = text === '' ? [] : [{ field: 'name', op: 'contains', value: text }];
  const query = { filters, sort: [{ field: 'name', direction: 'asc' }], page: NOTHING.page } as const;
  const lists: Record<EntityType, () => Promise<Listed<NamedEntity>> | Listed<NamedEntity>> = {
    product: () => listProducts(ctx, { ...query, labels: [] }),
    portal: () => listPortals(ctx, query),
    'auth-strategy': () => listAuthStrategies(ctx, query),
    'control-plane': () => listControlPlanes(ctx, { ...query, sort: [] }),
    'dcr-provider': () => NOTHING,
    organisation: () => NOTHING,
  };
  const { items, total } = await lists[entityType]();
  return { items, isAll: total <= items.length };
};

/** What an entity is called; undefined where the administrator may not see it. */
export const entityName = async (ctx: AdminContext, entityType: EntityType, id: string): Promise<string | undefined> => {
  const getters: Partial<Record<EntityType, () => Promise<{ readonly name: string }>>> = {
    product: () => getProduct(ctx, id as ProductId),
    portal: () => getPortal(ctx, id as PortalId),
    'auth-strategy': () => getAuthStrategy(ctx, id as AuthStrategyId),
    'control-plane': () => getControlPlane(ctx, id as ControlPlaneId),
  };
  try {
    return (await getters[entityType]?.())?.name;
  } catch (error) {
    if (error instanceof DomainError && (error.kind === 'not-found' || error.kind === 'forbidden')) return undefined;
    throw error;
  }
};
