import { type SqlBool, sql } from 'kysely';
import { fold, likePattern } from '../../lib/text.ts';
import { type Actor, type EntityType, may, visible } from '../access/index.ts';
import type { Context } from '../context.ts';

/** An entity as it is named where roles on it are given. */
export interface NamedEntity {
  readonly id: string;
  readonly name: string;
}

/** Where entities of a type are kept; of the others there are none that one could name. */
const TABLES = {
  product: 'products',
  portal: 'portals',
  'auth-strategy': 'auth_strategies',
  'control-plane': 'control_planes',
} as const satisfies Partial<Record<EntityType, string>>;

const isKept = (entityType: EntityType): entityType is keyof typeof TABLES => Object.hasOwn(TABLES, entityType);

/** Whoever manages roles knows what entities are called, and nothing else of them; everybody else, those that they see. */
const nameable = (actor: Actor, entityType: EntityType): 'all' | readonly string[] =>
  may(actor, 'organisation.identify') ? 'all' : visible(actor, entityType);

const select = (ctx: Context, entityType: keyof typeof TABLES) => {
  const ids = nameable(ctx.actor, entityType);
  return ctx.db
    .selectFrom(TABLES[entityType])
    .select(['id', 'name'])
    .$if(ids !== 'all', (query) => query.where('id', 'in', ids as readonly string[]));
};

/** Entities of a type whose name holds some words, by name; `size` of them at most. */
export const findNamedEntities = async (
  ctx: Context,
  entityType: EntityType,
  text: string,
  size: number,
): Promise<{ readonly items: readonly NamedEntity[]; readonly isAll: boolean }> => {
  if (!isKept(entityType)) return { items: [], isAll: true };
  const rows = await select(ctx, entityType)
    .$if(text !== '', (query) => query.where(sql<SqlBool>`name_key like ${likePattern(fold(text))} escape '\\'`))
    .orderBy('name_key')
    .orderBy('id')
    .limit(size + 1)
    .execute();
  return { items: rows.slice(0, size), isAll: rows.length <= size };
};

/** What an entity is called; undefined where it is not there, or not for this actor to know. */
export const findEntityName = async (ctx: Context, entityType: EntityType, id: string): Promise<string | undefined> =>
  isKept(entityType) ? (await select(ctx, entityType).where('id', '=', id).executeTakeFirst())?.name : undefined;
