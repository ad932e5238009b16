import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  addTeamMember,
  createAdministratorTeam,
  deleteAdministratorTeam,
  getAdministratorTeam,
  listAdministratorTeams,
  listTeamMembers,
  removeTeamMember,
  updateAdministratorTeam,
} from '../../../src/domain/administrator-teams/index.ts';
import type { AdministratorId, AdministratorTeamId } from '../../../src/domain/ids.ts';
import { acting, newMachine, newPerson } from '../../support/administrators.ts';
import { organisationContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const ALL = { filters: [], sort: [], page: { number: 1, size: 10 } } as const;

onEachDatabase('administrator teams', (open) => {
  it('are created, listed, changed and deleted', async () => {
    const ctx = organisationContext(await open());
    const team = await createAdministratorTeam(ctx, { name: ' Publishers ' });
    expect(team).toMatchObject({ name: 'Publishers', description: '' });
    await createAdministratorTeam(ctx, { name: 'Editors', description: 'who write' });
    await expect(createAdministratorTeam(ctx, { name: 'PUBLISHERS' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(createAdministratorTeam(ctx, { name: ' ' })).rejects.toMatchObject({ issues: [{ field: 'name' }] });
    const sorted = await listAdministratorTeams(ctx, { ...ALL, sort: [{ field: 'name', direction: 'asc' }] });
    expect(sorted.items.map(({ name }) => name)).toEqual(['Editors', 'Publishers']);
    const found = await listAdministratorTeams(ctx, { ...ALL, filters: [{ field: 'name', op: 'contains', value: 'EDIT' }] });
    expect(found.total).toBe(1);
    await updateAdministratorTeam(ctx, team.id, { name: 'Publisher' });
    await expect(updateAdministratorTeam(ctx, team.id, { name: 'editors' })).rejects.toMatchObject({ kind: 'conflict' });
    expect(await getAdministratorTeam(ctx, team.id)).toMatchObject({ name: 'Publisher' });
    await deleteAdministratorTeam(ctx, team.id);
    await expect(getAdministratorTeam(ctx, team.id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deleteAdministratorTeam(ctx, team.id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('have people and machines for members, each once', async () => {
    const ctx = organisationContext(await open());
    const { id } = await createAdministratorTeam(ctx, { name: 'Publishers' });
    const [ada, robot] = [await newPerson(ctx, 'Ada'), await newMachine(ctx, 'robot')];
    for (const account of [ada, robot]) {
      await addTeamMember(ctx, id, account);
      await expect(addTeamMember(ctx, id, account)).rejects.toMatchObject({ kind: 'conflict' });
    }
    expect((await listTeamMembers(ctx, id)).map(({ kind, name }) => [kind, name]).sort()).toEqual([
      ['administrator', 'Ada'],
      ['system-account', 'robot'],
    ]);
    await removeTeamMember(ctx, id, ada.id);
    await expect(removeTeamMember(ctx, id, ada.id)).rejects.toMatchObject({ kind: 'not-found' });
    const nobody = { kind: 'administrator', id: randomUUID() as AdministratorId } as const;
    await expect(addTeamMember(ctx, id, nobody)).rejects.toMatchObject({ issues: [{ field: 'member' }] });
    await expect(addTeamMember(ctx, randomUUID() as AdministratorTeamId, ada)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are managed by whoever manages people, and named by whoever gives roles', async () => {
    const ctx = organisationContext(await open());
    const team = await createAdministratorTeam(ctx, { name: 'Publishers' });
    const nothing = { ...ctx, actor: acting(undefined) };
    const admin = { ...ctx, actor: acting(undefined, { entityType: 'product', role: 'Admin', entityId: randomUUID() }) };
    const identity = { ...ctx, actor: acting(undefined, { entityType: 'organisation', role: 'Identity Admin', entityId: '*' }) };
    await expect(listAdministratorTeams(nothing, ALL)).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await listAdministratorTeams(admin, ALL)).total).toBe(1);
    for (const act of [
      () => listTeamMembers(admin, team.id),
      () => createAdministratorTeam(admin, { name: 'x' }),
      () => updateAdministratorTeam(admin, team.id, { name: 'x' }),
      () => deleteAdministratorTeam(admin, team.id),
    ])
      await expect(act()).rejects.toMatchObject({ kind: 'forbidden' });
    await updateAdministratorTeam(identity, team.id, { description: 'x' });
    await deleteAdministratorTeam(identity, team.id);
  });
});
