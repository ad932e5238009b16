import { afterEach, expect, it } from 'vitest';
import { createAdministrator } from '../../../src/domain/administrators/index.ts';
import { deliverNext, updateOrganisationWebhook } from '../../../src/domain/audit/index.ts';
import { createProduct } from '../../../src/domain/products/index.ts';
import { startAuditReceiver } from '../../support/audit-receiver.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addAdministrator, logIn, startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('the overview of the administration', (open) => {
  let administration: TestAdministration;
  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open());
    return administration;
  };
  afterEach(() => administration.app.close());

  it('says what comes first in an empty region, that nothing waits and that everything works', async () => {
    const { app, browser } = await start();
    const page = await browser.get('/admin/us');
    expect(page.$('[aria-labelledby="steps-title"]').text()).toContain('Create an API product');
    expect(page.$('[aria-labelledby="waiting-title"]').text()).toContain('Nothing waits');
    expect(page.$('[aria-labelledby="troubles-title"]').text()).toContain('Everything works');
    await createProduct(app.ctx, { name: 'Sailings' });
    const later = await browser.get('/admin/us');
    expect(later.$('.checklist-done')).toHaveLength(1);
    const changes = later.$('[aria-labelledby="changes-title"]');
    expect(changes.find('.item').first().text()).toContain('Sailings');
    for (const link of changes.find('.item a').get())
      expect((await browser.get(later.$(link).attr('href') ?? '')).status).toBe(200);
  });

  it('tells somebody without a role why there is nothing to see', async () => {
    const { app } = await start();
    const bob = await addAdministrator(app, 'bob@example.org', 'Bob', []);
    const page = await (await logIn(app, bob.email)).get('/admin/us');
    expect(page.$('main').text()).toContain('You have no role here yet');
    expect(page.$('section')).toHaveLength(0);
  });

  it('names work that fails, with its reason', async () => {
    const { app, browser } = await start();
    const { organisation } = app.installation;
    const { id } = await createAdministrator(organisation, { email: 'bob@example.org', name: 'Bob' });
    await organisation.db
      .insertInto('organisation_outbox')
      .values({
        ...{ id, subject_id: id, kind: 'riddle', payload: '{}', attempts: 3, error: 'Nobody can solve this' },
        created_at: organisation.now().toISOString(),
        not_before: new Date(organisation.now().getTime() + 3_600_000).toISOString(),
      })
      .execute();
    const text = (await browser.get('/admin/us')).$('[aria-labelledby="troubles-title"]').text();
    expect(text).toContain('Work of the organisation: riddle');
    expect(text).toContain('Nobody can solve this');
    expect(text).toContain('tried 3 times;');
  });

  it('names where the audit log is not taken, and links to it', async () => {
    const { app, browser } = await start();
    const receiver = await startAuditReceiver();
    receiver.answerWith(401);
    await updateOrganisationWebhook(app.ctx, { enabled: true, endpoint: receiver.url });
    while (await deliverNext(app.ctx, app.installation.organisation));
    await receiver.close();
    const page = await browser.get('/admin/us');
    const troubles = page.$('[aria-labelledby="troubles-title"]');
    expect(troubles.text()).toContain('401 Unauthorized');
    expect(troubles.find('a').attr('href')).toBe('/admin/us/audit-webhooks/organisation');
  });
});
