import { expect, it } from 'vitest';
import { createAdministrator, findAdministratorByEmail } from '../../../src/domain/administrators/index.ts';
import { organisationContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

onEachDatabase('administrators', (open) => {
  it('are found by their address in any case', async () => {
    const ctx = organisationContext(await open());
    const ada = await createAdministrator(ctx, { email: ' Ada@Example.org ', name: 'Ada' });
    expect(ada.email).toBe('Ada@Example.org');
    expect(await findAdministratorByEmail(ctx, 'ADA@EXAMPLE.ORG')).toEqual(ada);
    expect(await findAdministratorByEmail(ctx, 'bob@example.org')).toBeUndefined();
  });

  it('have an address that nobody else has', async () => {
    const ctx = organisationContext(await open());
    await createAdministrator(ctx, { email: 'ada@example.org', name: 'Ada' });
    await expect(createAdministrator(ctx, { email: 'ADA@example.org', name: 'Other' })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  it.each([
    { email: 'ada', name: 'Ada' },
    { email: 'a da@example.org', name: 'Ada' },
    { email: `${'a'.repeat(250)}@example.org`, name: 'Ada' },
    { email: 'ada@example.org', name: '  ' },
  ])('need a real address and a name: %o', async (input) => {
    const ctx = organisationContext(await open());
    await expect(createAdministrator(ctx, input)).rejects.toMatchObject({ kind: 'invalid' });
  });
});
