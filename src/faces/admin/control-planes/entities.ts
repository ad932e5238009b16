import type { Request } from 'express';
import { may } from '../../../domain/access/index.ts';
import type { ControlPlane, EntityQuery } from '../../../domain/gateways/index.ts';
import { asId } from '../../../domain/ids.ts';
import { queryText } from '../../../http/page-query.ts';
import type { AdminContext } from '../context.ts';
import { controlPlanePaths, type EntityKind } from './paths.ts';

const PAGE_SIZE = 50;

/** Which page of services or routes is asked for. */
export const readEntityQuery = (req: Request): EntityQuery => ({
  size: PAGE_SIZE,
  after: asId<never>(queryText(req, 'after')),
  tags: undefined,
});

const EMPTY: Record<EntityKind, { title: string; text: string; create: string; icon: string }> = {
  services: {
    icon: 'link',
    title: 'There are no services here yet',
    text: 'A service is an API behind the gateway. Versions of products are linked with it.',
    create: 'Add a service',
  },
  routes: {
    icon: 'arrow-right',
    title: 'There are no routes here yet',
    text: 'A route says which requests reach a service, such as those below a path.',
    create: 'Add a route',
  },
};

/** A page of services or routes; `table` as the component of this name has it, `next` the id to go on after. */
export const entityPage = <T extends { readonly rows: readonly unknown[] }>(
  { actor, region }: AdminContext,
  { id }: ControlPlane,
  kind: EntityKind,
  { table, next }: { readonly table: T; readonly next: string | undefined },
) => {
  const { create, ...empty } = EMPTY[kind];
  const action = { text: create, href: controlPlanePaths.createEntity(region, id, kind) };
  return {
    table: table.rows.length > 0 && table,
    empty: { ...empty, ...(may(actor, 'control-plane.edit', id) ? { action } : {}) },
    nextHref: next === undefined ? false : controlPlanePaths.entities(region, id, kind, { after: next }),
  };
};
