import { expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import type { Role } from '../../../src/domain/access/index.ts';
import {
  type Administrator,
  createOrganisationAdmin,
  deactivateAdministrator,
  deleteAdministrator,
  findAdministratorSession,
  getAdministrator,
  inviteAdministrator,
  inviteAgain,
  listAdministrators,
  logInAdministrator,
  reactivateAdministrator,
  renameAdministrator,
} from '../../../src/domain/administrators/index.ts';
import type { OrganisationContextWithPorts } from '../../../src/domain/context.ts';
import { organisationContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const PASSWORD = 'four harbours in the fog';
const EVERYTHING = { entityType: 'organisation', role: 'Organisation Admin' } as const;
const PEOPLE = { entityType: 'organisation', role: 'Identity Admin' } as const;

onEachDatabase('people', (open) => {
  const start = async () => {
    const connection: Connection = await open();
    const ctx = organisationContext(connection);
    const ada = await createOrganisationAdmin(ctx, { email: 'ada@example.org', name: 'Ada', password: PASSWORD });
    const as = ({ id }: Pick<Administrator, 'id'>, ...roles: Role[]): OrganisationContextWithPorts => ({
      ...ctx,
      actor: { kind: 'administrator', id, tokenId: undefined, grants: roles.map((role) => ({ ...role, entityId: '*' })) },
    });
    return { connection, ctx, ada, as };
  };

  it('are invited by whoever manages people, and by nobody else', async () => {
    const { ada, as, connection } = await start();
    const bob = await inviteAdministrator(as(ada, PEOPLE), { email: 'bob@example.org', name: ' Bob ' });
    expect(bob).toMatchObject({ name: 'Bob', status: 'invited' });
    await inviteAgain(as(ada, PEOPLE), bob.id);
    const { count } = connection.db.fn;
    expect(await connection.db.selectFrom('organisation_outbox').select(count('id').as('jobs')).executeTakeFirst()).toEqual({
      jobs: 2,
    });
    await expect(inviteAgain(as(bob, PEOPLE), ada.id)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(inviteAdministrator(as(bob), { email: 'eve@example.org', name: 'Eve' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(inviteAdministrator(as(ada, PEOPLE), { email: 'BOB@example.org', name: 'Bob' })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  it('change their own name, those of others only whoever manages people', async () => {
    const { ada, as } = await start();
    const bob = await inviteAdministrator(as(ada, PEOPLE), { email: 'bob@example.org', name: 'Bob' });
    expect(await renameAdministrator(as(bob), bob.id, ' Robert ')).toMatchObject({ name: 'Robert' });
    await expect(renameAdministrator(as(bob), ada.id, 'Eve')).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(renameAdministrator(as(bob), bob.id, ' ')).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('are kept out at once when they are deactivated, until they are let in again', async () => {
    const { ctx, ada, as } = await start();
    const bob = await createOrganisationAdmin(ctx, { email: 'bob@example.org', name: 'Bob', password: PASSWORD });
    const credentials = { email: bob.email, password: PASSWORD };
    const { secret } = await logInAdministrator(ctx, credentials, { userAgent: undefined, device: undefined });
    await deactivateAdministrator(as(ada, EVERYTHING), bob.id);
    expect(await findAdministratorSession(ctx, secret)).toBeUndefined();
    const retry = () => logInAdministrator(ctx, credentials, { userAgent: undefined, device: undefined });
    await expect(retry()).rejects.toMatchObject({ kind: 'unauthenticated' });
    await reactivateAdministrator(as(ada, EVERYTHING), bob.id);
    expect(await getAdministrator(ctx, bob.id)).toMatchObject({ status: 'active' });
    await retry();
  });

  it('never lock themselves out, nor whoever stands above them, nor the last one who may do everything', async () => {
    const { ada, as } = await start();
    const bob = await inviteAdministrator(as(ada, PEOPLE), { email: 'bob@example.org', name: 'Bob' });
    for (const act of [deactivateAdministrator, deleteAdministrator]) {
      await expect(act(as(ada, EVERYTHING), ada.id)).rejects.toMatchObject({ kind: 'conflict' });
      await expect(act(as(bob, PEOPLE), ada.id)).rejects.toMatchObject({ kind: 'forbidden' });
      await expect(act(as(bob, EVERYTHING), ada.id)).rejects.toMatchObject({ kind: 'conflict' });
      await expect(act(as(bob), ada.id)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    await deleteAdministrator(as(ada, EVERYTHING), bob.id);
    await expect(getAdministrator(as(ada), bob.id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are listed by name, page by page', async () => {
    const { ada, as } = await start();
    for (const name of ['zoe', 'Bob', 'cy']) await inviteAdministrator(as(ada, PEOPLE), { email: `${name}@example.org`, name });
    const list = await listAdministrators(as(ada, PEOPLE), {
      filters: [],
      sort: [{ field: 'name', direction: 'asc' }],
      page: { number: 1, size: 3 },
    });
    expect(list.items.map(({ name }) => name)).toEqual(['Ada', 'Bob', 'cy']);
    expect(list.total).toBe(4);
    const query = { filters: [], sort: [], page: { number: 1, size: 10 } };
    await expect(listAdministrators(as(ada), query)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
