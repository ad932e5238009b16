import { expect, it } from 'vitest';
import { VISITOR } from '../../../src/domain/access/index.ts';
import { createAuthStrategy, ensureDefaultAuthStrategy, listAuthStrategies } from '../../../src/domain/auth-strategies/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import type { AuthStrategyId, PortalId } from '../../../src/domain/ids.ts';
import {
  createPortal,
  deletePortal,
  findPortalByHost,
  getDefaultPortal,
  getPortal,
  listPortals,
  type NewPortal,
  type PortalChanges,
  updatePortal,
  verifyPortalDomain,
} from '../../../src/domain/portals/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: ['api.example.com'] };
const ALL = { filters: [], sort: [], page: { number: 1, size: 10 } } as const;
const NOBODY = '00000000-0000-4000-8000-000000000000';

const create = (ctx: ContextWithPorts, input: NewPortal) => createPortal(ctx, input, HOSTS);
const update = (ctx: ContextWithPorts, id: PortalId, changes: PortalChanges) => updatePortal(ctx, id, changes, HOSTS);

onEachDatabase('portals', (open) => {
  it('are private and careful unless told otherwise', async () => {
    const ctx = testContext(await open());
    const portal = await create(ctx, { name: 'Developers' });
    expect(portal).toMatchObject({
      displayName: 'Developers',
      description: null,
      customDomain: null,
      customClientDomain: null,
      isPublic: false,
      rbacEnabled: false,
      autoApproveApplications: false,
      autoApproveDevelopers: false,
      defaultAuthStrategyId: null,
      labels: {},
      productCount: 0,
      appearance: { theme_name: 'mint_rocket' },
    });
    expect(portal.defaultDomain).toMatch(/^[\da-f]{12}\.us\.portals\.example\.com$/);
    expect(portal.id.endsWith(portal.defaultDomain.slice(0, 12))).toBe(true);
    expect(await getPortal(ctx, portal.id)).toEqual(portal);
  });

  it('made at the same instant have different addresses', async () => {
    const at = new Date('2026-01-31T09:30:00Z');
    const ctx = testContext(await open(), { now: () => at });
    const [one, two] = [await create(ctx, { name: 'One' }), await create(ctx, { name: 'Two' })];
    expect(one.defaultDomain).not.toBe(two.defaultDomain);
  });

  it("take the installation's key_auth strategy for their default, another, or none", async () => {
    const ctx = testContext(await open());
    await ensureDefaultAuthStrategy(ctx);
    const [first] = (await listAuthStrategies(ctx, ALL)).items;
    const other = await createAuthStrategy(ctx, { name: 'Other', displayName: 'Other', config: { type: 'key_auth' } });
    expect((await create(ctx, { name: 'One' })).defaultAuthStrategyId).toBe(first?.id);
    const two = await create(ctx, { name: 'Two', defaultAuthStrategyId: other.id });
    expect(two.defaultAuthStrategyId).toBe(other.id);
    expect((await create(ctx, { name: 'Three', defaultAuthStrategyId: null })).defaultAuthStrategyId).toBeNull();
    expect((await update(ctx, two.id, { displayName: 'x' })).defaultAuthStrategyId).toBe(other.id);
    expect((await update(ctx, two.id, { defaultAuthStrategyId: null })).defaultAuthStrategyId).toBeNull();
    for (const act of [
      create(ctx, { name: 'Four', defaultAuthStrategyId: NOBODY as AuthStrategyId }),
      update(ctx, two.id, { defaultAuthStrategyId: NOBODY as AuthStrategyId }),
    ])
      await expect(act).rejects.toMatchObject({
        issues: [{ field: 'default_application_auth_strategy_id', rule: 'missing_reference' }],
      });
  });

  it('have unique names', async () => {
    const ctx = testContext(await open());
    const one = await create(ctx, { name: 'One' });
    const two = await create(ctx, { name: 'Two' });
    await expect(create(ctx, { name: 'ONE' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(update(ctx, two.id, { name: 'oNe' })).rejects.toMatchObject({ kind: 'conflict' });
    expect((await update(ctx, one.id, { name: 'ONE' })).name).toBe('ONE');
  });

  it('change what is given', async () => {
    const ctx = testContext(await open());
    const { id } = await create(ctx, { name: 'One', description: 'd', labels: { a: '1' } });
    const changed = await update(ctx, id, {
      displayName: 'Shown',
      description: null,
      isPublic: true,
      rbacEnabled: true,
      autoApproveApplications: true,
      autoApproveDevelopers: true,
      labels: { b: '2' },
    });
    expect(changed).toMatchObject({
      name: 'One',
      displayName: 'Shown',
      description: null,
      isPublic: true,
      rbacEnabled: true,
      autoApproveApplications: true,
      autoApproveDevelopers: true,
      labels: { a: '1', b: '2' },
    });
    expect(await getPortal(ctx, id)).toEqual(changed);
    expect((await update(ctx, id, { labels: null })).labels).toEqual({});
    await expect(update(ctx, NOBODY as PortalId, { name: 'x' })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('may have domains of their own', async () => {
    const ctx = testContext(await open());
    const portal = await create(ctx, { name: 'One', customDomain: 'Dev.Example.org', customClientDomain: 'client.example.org' });
    expect(portal).toMatchObject({ customDomain: 'dev.example.org', customClientDomain: 'client.example.org' });
    await expect(update(ctx, portal.id, { customDomain: null })).rejects.toMatchObject({
      issues: [{ field: 'custom_client_domain', rule: 'dependent_fields', dependents: ['custom_domain'] }],
    });
    expect(await update(ctx, portal.id, { customDomain: null, customClientDomain: null })).toMatchObject({ customDomain: null });
    await expect(create(ctx, { name: 'Two', customClientDomain: 'x.example.org' })).rejects.toMatchObject({
      issues: [{ field: 'custom_client_domain', rule: 'dependent_fields' }],
    });
    await expect(
      create(ctx, { name: 'Two', customDomain: 'a.example.org', customClientDomain: 'a.example.org' }),
    ).rejects.toMatchObject({
      issues: [{ field: 'custom_client_domain', rule: 'invalid' }],
    });
  });

  it('never share a domain', async () => {
    const ctx = testContext(await open());
    await create(ctx, { name: 'One', customDomain: 'a.example.org', customClientDomain: 'b.example.org' });
    const two = await create(ctx, { name: 'Two', customDomain: 'c.example.org' });
    for (const customDomain of ['A.example.org', 'b.example.org'])
      await expect(update(ctx, two.id, { customDomain })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(update(ctx, two.id, { customClientDomain: 'a.example.org' })).rejects.toMatchObject({ kind: 'conflict' });
  });

  it.each([
    ['api.example.com', 'invalid'],
    ['portals.example.com', 'invalid'],
    ['mine.us.portals.example.com', 'invalid'],
    ['localhost', 'invalid'],
    ['x.localhost', 'invalid'],
    ['example', 'is_fqdn'],
    ['127.0.0.1', 'is_fqdn'],
    ['-a.example.org', 'is_fqdn'],
    ['a..example.org', 'is_fqdn'],
    ['a.example.org:80', 'is_fqdn'],
    ['https://a.example.org', 'is_fqdn'],
    ['a.example.org/x', 'is_fqdn'],
    ['bücher.example', 'is_fqdn'],
    ['', 'is_fqdn'],
    [`${'a.'.repeat(130)}example`, 'is_fqdn'],
  ])('refuse %j as a domain', async (customDomain, rule) => {
    const ctx = testContext(await open());
    await expect(create(ctx, { name: 'One', customDomain })).rejects.toMatchObject({
      issues: [{ field: 'custom_domain', rule }],
    });
  });

  it('are found by host', async () => {
    const ctx = testContext(await open());
    const one = await create(ctx, { name: 'My Portal', customDomain: 'dev.example.org', customClientDomain: 'own.example.org' });
    const two = await create(ctx, { name: 'two' });
    const found = async (host: string) => (await findPortalByHost(ctx, host))?.name;
    for (const host of [one.defaultDomain, one.defaultDomain.toUpperCase(), `${one.defaultDomain}:3000`, `${one.defaultDomain}.`])
      expect(await found(host)).toBe('My Portal');
    expect(await found('dev.example.org')).toBe('My Portal');
    expect(await found('my-portal.localhost')).toBe('My Portal');
    expect(await found('TWO.localhost:3000')).toBe(two.name);
    for (const host of ['own.example.org', 'nothing.localhost', 'localhost', '', 'example.org'])
      expect(await found(host)).toBeUndefined();
  });

  it('have one that is shown at unknown hosts', async () => {
    const ctx = testContext(await open());
    expect(await getDefaultPortal(ctx, undefined)).toBeUndefined();
    const one = await create(ctx, { name: 'Zwei' });
    const two = await create(ctx, { name: 'Eins' });
    expect((await getDefaultPortal(ctx, undefined))?.id).toBe(one.id);
    expect((await getDefaultPortal(ctx, 'EINS'))?.id).toBe(two.id);
    expect((await getDefaultPortal(ctx, two.id.toUpperCase()))?.id).toBe(two.id);
    expect(await getDefaultPortal(ctx, 'nothing')).toBeUndefined();
  });

  it('are listed by filters, order and page', async () => {
    const ctx = testContext(await open());
    const one = await create(ctx, { name: 'b', isPublic: true, customDomain: 'one.example.org' });
    await create(ctx, { name: 'A', description: 'Für Partner' });
    await create(ctx, { name: 'c', rbacEnabled: true, autoApproveApplications: true, autoApproveDevelopers: true });
    const names = async (query: Partial<Parameters<typeof listPortals>[1]>) =>
      (await listPortals(ctx, { ...ALL, ...query })).items.map(({ name }) => name);
    expect(await names({})).toEqual(['b', 'A', 'c']);
    expect(await names({ sort: [{ field: 'name', direction: 'asc' }] })).toEqual(['A', 'b', 'c']);
    expect(await names({ sort: [{ field: 'custom_domain', direction: 'desc' }] })).toEqual(['b', 'c', 'A']);
    expect(await names({ sort: [{ field: 'is_public', direction: 'desc' }] })).toEqual(['b', 'c', 'A']);
    expect(await names({ filters: [{ field: 'id', op: 'eq', value: one.id }] })).toEqual(['b']);
    expect(await names({ filters: [{ field: 'id', op: 'neq', value: one.id }] })).toEqual(['A', 'c']);
    expect(await names({ filters: [{ field: 'description', op: 'contains', value: 'FÜR' }] })).toEqual(['A']);
    expect(await names({ filters: [{ field: 'custom_domain', op: 'contains', value: 'one' }] })).toEqual(['b']);
    expect(await names({ filters: [{ field: 'custom_client_domain', op: 'neq', value: 'x' }] })).toEqual(['b', 'A', 'c']);
    expect(await names({ filters: [{ field: 'default_domain', op: 'eq', value: one.defaultDomain }] })).toEqual(['b']);
    for (const [field, name] of [
      ['is_public', 'b'],
      ['rbac_enabled', 'c'],
      ['auto_approve_applications', 'c'],
      ['auto_approve_developers', 'c'],
    ] as const)
      expect(await names({ filters: [{ field, op: 'is', value: true }] })).toEqual([name]);
    expect(await listPortals(ctx, { ...ALL, page: { number: 2, size: 2 } })).toMatchObject({ total: 3, items: [{ name: 'c' }] });
  });

  it('ask guards before they go', async () => {
    const guard = async (_: unknown, id: string) =>
      ({ field: 'force', rule: 'required', reason: `${id} has developers`, source: 'query' }) as const;
    const plain = testContext(await open());
    const ctx = { ...plain, ports: { ...plain.ports, portalGuards: [guard] } };
    const { id } = await create(ctx, { name: 'One' });
    await expect(deletePortal(ctx, id, { force: false })).rejects.toMatchObject({
      issues: [{ field: 'force', rule: 'required' }],
    });
    await deletePortal(ctx, id, { force: true });
    await expect(getPortal(ctx, id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deletePortal(ctx, id, { force: true })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('verify their custom domain in the DNS', async () => {
    const plain = testContext(await open());
    const names: string[] = [];
    const ctx = { ...plain, ports: { ...plain.ports, resolveCname: async () => names } };
    const { id, defaultDomain } = await create(ctx, { name: 'One' });
    await expect(verifyPortalDomain(ctx, id)).rejects.toMatchObject({ issues: [{ field: 'custom_domain' }] });
    await update(ctx, id, { customDomain: 'dev.example.org' });
    expect(await verifyPortalDomain(ctx, id)).toEqual({ isCnameVerified: false, isSslIssued: false });
    names.push('elsewhere.example.net');
    expect(await verifyPortalDomain(ctx, id)).toMatchObject({ isCnameVerified: false });
    names.push(defaultDomain.toUpperCase());
    expect(await verifyPortalDomain(ctx, id)).toMatchObject({ isCnameVerified: true });
  });

  it('are administered by administrators', async () => {
    const ctx = testContext(await open(), { actor: VISITOR });
    expect(() => create(ctx, { name: 'One' })).toThrow(expect.objectContaining({ kind: 'forbidden' }));
    await expect(deletePortal(ctx, NOBODY as PortalId, { force: true })).rejects.toMatchObject({ kind: 'not-found' });
  });
});
