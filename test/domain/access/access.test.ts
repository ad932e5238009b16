import { describe, expect, it } from 'vitest';
import {
  type Actor,
  allowed,
  demand,
  type Grant,
  may,
  mayAny,
  maySee,
  ORGANISATION_ADMIN,
  SYSTEM,
  VISITOR,
} from '../../../src/domain/access/index.ts';
import type { DeveloperId, PortalId } from '../../../src/domain/ids.ts';

const MINE = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';

const having = (...grants: Grant[]): Actor => ({ kind: 'administrator', id: undefined, tokenId: undefined, grants });
const maintainer = having({ entityType: 'product', role: 'Maintainer', entityId: MINE });

describe('access', () => {
  it('is denied unless a role grants it', () => {
    const developer: Actor = { kind: 'developer', id: MINE as DeveloperId, portalId: OTHER as PortalId };
    for (const actor of [VISITOR, developer, having()]) {
      expect(may(actor, 'product.read', MINE)).toBe(false);
      expect(mayAny(actor, 'portal.read')).toBe(false);
    }
  });

  it('is everything for the program and for organisation administrators', () => {
    for (const actor of [SYSTEM, having(ORGANISATION_ADMIN)]) {
      expect(may(actor, 'product.delete', MINE)).toBe(true);
      expect(may(actor, 'portal.create')).toBe(true);
      expect(allowed(actor, 'product.read')).toBe('all');
    }
  });

  it('of a role on one entity ends at that entity', () => {
    expect(may(maintainer, 'product.edit', MINE)).toBe(true);
    expect(may(maintainer, 'product.edit', OTHER)).toBe(false);
    expect(may(maintainer, 'product.edit')).toBe(false);
    expect(may(maintainer, 'product.publish', MINE)).toBe(false);
    expect(allowed(maintainer, 'product.read')).toEqual([MINE]);
    expect(allowed(maintainer, 'product.create')).toEqual([]);
  });

  it('of a role on all entities of a type covers each of them', () => {
    const viewer = having({ entityType: 'portal', role: 'Viewer', entityId: '*' });
    expect(may(viewer, 'portal.read', OTHER)).toBe(true);
    expect(allowed(viewer, 'portal.read')).toBe('all');
    expect(may(viewer, 'portal.administer', OTHER)).toBe(false);
  });

  it('is refused without a hint to whoever may not even see', () => {
    expect(() => demand(maintainer, 'product.delete', MINE, 'API product')).toThrow(/permission/);
    expect(() => demand(maintainer, 'product.delete', OTHER, 'API product')).toThrow('API product not found');
    expect(() => demand(maintainer, 'product.edit', MINE, 'API product')).not.toThrow();
  });

  it('to an appearance lets see the portal it belongs to', () => {
    const stylist = having({ entityType: 'portal', role: 'Appearance Maintainer', entityId: MINE });
    expect(maySee(stylist, 'portal', MINE)).toBe(true);
    expect(may(stylist, 'portal.read', MINE)).toBe(false);
  });

  it('knows no permission of a role that there is not', () => {
    expect(may(having({ entityType: 'product', role: 'toString', entityId: '*' }), 'product.read', MINE)).toBe(false);
  });
});
