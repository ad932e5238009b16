import { expect, it } from 'vitest';
import type { AdministratorActor, Grant } from '../../../src/domain/access/index.ts';
import { type AuditLogQuery, getAuditRecord, listAuditLog, mayReadAuditLog } from '../../../src/domain/audit/index.ts';
import { record } from '../../../src/domain/events/index.ts';
import { newId } from '../../../src/domain/ids.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { createProduct, deleteProduct } from '../../../src/domain/products/index.ts';
import { createProductInPortals, createVersionInPortals } from '../../../src/domain/publications/index.ts';
import { addTeamMember, createTeam, updateTeam } from '../../../src/domain/teams/index.ts';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { organisationContext, START, testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

const actorWith = (...grants: Grant[]): AdministratorActor => ({
  ...{ kind: 'administrator', id: undefined, tokenId: undefined },
  grants,
});

onEachDatabase('the audit log, as administrators read it', (open) => {
  const start = async () => {
    const connection = await open();
    const clock = testClock();
    const now = () => {
      clock.advance(1);
      return clock.now();
    };
    const [region, organisation] = [testContext(connection, { now }), organisationContext(connection, { now })];
    const trails = { region, organisation };
    const read = (query: Partial<AuditLogQuery> = {}, as = region.actor) =>
      listAuditLog({ region: { ...region, actor: as }, organisation }, { of: 'region', size: 50, ...query });
    const actions = async (...query: Parameters<typeof read>) => (await read(...query)).items.map(({ action }) => action);
    return { region, organisation, trails, clock, read, actions };
  };

  it('is read from the youngest to the oldest, with names of today', async () => {
    const { region, read, trails } = await start();
    const portal = await createPortal(region, { name: 'Harbour' }, HOSTS);
    const developer = await givenDeveloper(region, portal.id, { fullName: 'Ada' });
    const actor = { kind: 'developer', id: developer, portalId: portal.id } as const;
    const product = await createProductInPortals(region, { name: 'Orders', portalIds: [portal.id] });
    const version = await createVersionInPortals(region, product.id, { name: 'v1' });
    const gone = await createProduct(region, { name: 'Gone' });
    await deleteProduct(region, gone.id);
    const address = { portalId: portal.id, teamId: (await createTeam(region, portal.id, { name: 'Before' })).id };
    await updateTeam({ ...region, origin: { requestId: 'r1', address: '192.0.2.1' } }, address, { name: 'Partners' });
    const { items } = await read();
    expect(items[0]).toMatchObject({
      action: 'team.updated',
      actor: { kind: 'system', id: null, name: undefined },
      subject: { type: 'team', id: address.teamId, name: 'Partners' },
      portal: { id: portal.id, name: 'Harbour' },
      address: '192.0.2.1',
      requestId: 'r1',
      details: { changed: { name: { before: 'Before', after: 'Partners' } } },
    });
    expect(await getAuditRecord(trails, 'region', items[0]?.id ?? '')).toEqual(items[0]);
    const named = Object.fromEntries(items.map(({ action, subject }) => [action, subject.name]));
    expect(named).toMatchObject({ 'version.created': 'Orders v1', 'product.deleted': undefined, 'portal.created': 'Harbour' });
    expect(version.name).toBe('v1');
    await record({ ...region, actor }, { action: 'developer.updated', subjectId: developer });
    expect((await read()).items[0]).toMatchObject({
      actor: { kind: 'developer', id: developer, name: 'Ada' },
      subject: { name: 'Ada' },
    });
  });

  it('is narrowed, and read page by page', async () => {
    const { region, clock, read, actions } = await start();
    const [portal, other] = [
      await createPortal(region, { name: 'One' }, HOSTS),
      await createPortal(region, { name: 'Two' }, HOSTS),
    ];
    clock.advance(60_000);
    const middle = clock.now().toISOString();
    const team = await createTeam(region, portal.id, { name: 'Partners' });
    await createTeam(region, other.id, { name: 'Partners' });
    await addTeamMember(region, { portalId: portal.id, teamId: team.id }, await givenDeveloper(region, portal.id));
    expect(await actions({ portalId: portal.id })).toEqual(['team.member-added', 'team.created', 'portal.created']);
    expect(await actions({ action: 'portal' })).toEqual(['portal.created', 'portal.created']);
    expect(await actions({ action: 'team.member-added' })).toEqual(['team.member-added']);
    expect(await actions({ subjectId: team.id })).toEqual(['team.member-added', 'team.created']);
    expect(await actions({ from: middle })).toHaveLength(3);
    expect(await actions({ until: middle })).toEqual(['portal.created', 'portal.created']);
    expect(await actions({ actorId: newId(START) })).toEqual([]);
    const seen: string[] = [];
    for (let before: string | undefined, hasMore = true; hasMore; ) {
      const page = await read({ size: 2, before });
      seen.push(...page.items.map(({ id }) => id));
      before = page.items.at(-1)?.id;
      hasMore = page.hasMore;
    }
    expect(seen).toEqual((await read()).items.map(({ id }) => id));
  });

  it('of the organisation is apart', async () => {
    const { organisation, read, actions, trails } = await start();
    const { id } = await createToken(organisation, { name: 'laptop' });
    expect(await actions()).toEqual([]);
    const { items } = await read({ of: 'organisation', action: 'token' });
    expect(items).toMatchObject([{ action: 'token.created', subject: { id, name: 'laptop' }, portal: undefined }]);
    expect(await getAuditRecord(trails, 'organisation', items[0]?.id ?? '')).toMatchObject({ action: 'token.created' });
    await expect(getAuditRecord(trails, 'region', items[0]?.id ?? '')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is shown to who may know what happened', async () => {
    const { region, organisation, read, actions } = await start();
    const [portal, other] = [
      await createPortal(region, { name: 'One' }, HOSTS),
      await createPortal(region, { name: 'Two' }, HOSTS),
    ];
    await createProduct(region, { name: 'Orders' });
    await createToken(organisation, { name: 'laptop' });
    const all = actorWith({ entityType: 'organisation', role: 'Organisation Admin', entityId: '*' });
    expect(await actions({}, all)).toHaveLength(3);
    const people = actorWith({ entityType: 'organisation', role: 'Identity Admin', entityId: '*' });
    expect(await actions({ of: 'organisation' }, people)).toEqual(['token.created']);
    await expect(read({}, people)).rejects.toMatchObject({ kind: 'forbidden' });
    const one = actorWith({ entityType: 'portal', role: 'Admin', entityId: portal.id });
    const { items } = await read({}, one);
    expect(items.map(({ subject }) => subject.id)).toEqual([portal.id]);
    await expect(read({ of: 'organisation' }, one)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await actions({ portalId: other.id }, one)).toEqual([]);
    const every = actorWith({ entityType: 'portal', role: 'Admin', entityId: '*' });
    expect(await actions({}, every)).toEqual(['portal.created', 'portal.created']);
    const viewer = actorWith({ entityType: 'portal', role: 'Viewer', entityId: '*' });
    expect([
      mayReadAuditLog(viewer),
      mayReadAuditLog(one),
      mayReadAuditLog(people),
      mayReadAuditLog(people, 'organisation'),
    ]).toEqual([...[false, true, false, true]]);
    await expect(read({}, viewer)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
