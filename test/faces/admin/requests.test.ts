import { afterEach, expect, it } from 'vitest';
import type { Role } from '../../../src/domain/access/index.ts';
import { createApplication } from '../../../src/domain/applications/index.ts';
import { getRegistration, registerApplication } from '../../../src/domain/registrations/index.ts';
import { assignEntityRole } from '../../../src/domain/roles/index.ts';
import { testClock } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { registrationScene } from '../../support/registrations.ts';
import { addAdministrator, logIn, type PageAnswer, startAdministration, type TestAdministration } from './admin.ts';

const QUEUE = '/admin/us/requests';

onEachDatabase('the approval queue as pages', (open) => {
  let administration: TestAdministration;
  const clock = testClock();

  /** Bert waits to be let in, Cleo's application for `Orders v1`, in this order. */
  const start = async () => {
    administration = await startAdministration(await open(), { options: { now: clock.now } });
    const { ctx } = administration.app;
    const scene = await registrationScene(ctx);
    clock.advance(1000);
    const bert = await givenDeveloper(ctx, scene.portal.id, {
      fullName: 'Bert Waits',
      email: 'bert@example.com',
      status: 'pending',
    });
    clock.advance(1000);
    const cleo = await givenDeveloper(ctx, scene.portal.id, { fullName: 'Cleo <b>Asks</b>', email: 'cleo@example.com' });
    const owner = { portal: scene.portal, developerId: cleo };
    const { id: applicationId } = await createApplication(ctx, owner, { name: 'Depot', authStrategyId: scene.strategy.id });
    const { id: registrationId } = await registerApplication(ctx, { ...owner, applicationId }, scene.version.id);
    return { ...administration, ...scene, bert, registrationId };
  };
  afterEach(() => administration.app.close());

  const names = ({ $ }: PageAnswer): string[] =>
    $('.queue-item-name')
      .toArray()
      .map((element) => $(element).text());
  const decide = (page: PageAnswer, verdict: string, fields = {}, browser = administration.browser) =>
    browser.post(page.$('.queue-decision').attr('action') ?? '', {
      ...Object.fromEntries(
        page
          .$('.queue-decision')
          .serializeArray()
          .map(({ name, value }) => [name, value]),
      ),
      verdict,
      ...fields,
    });

  it('show what waits, the oldest first, with the details of the first', async () => {
    const { browser } = await start();
    const page = await browser.get(QUEUE);
    expect(page.status).toBe(200);
    expect(names(page)).toEqual(['Bert Waits', 'Cleo <b>Asks</b>']);
    expect(page.$('h2').text()).toBe('Access to Partners');
    expect(page.$('.queue-facts').text()).toContain('bert@example.com');
    expect(page.$('nav[aria-label="Administration"] a[aria-current="page"]').text()).toMatch(/Requests\s*2/);
    const second = await browser.get(page.$('.queue-item a').eq(1).attr('href') ?? '');
    expect(second.$('h2').text()).toBe('Orders v1');
    expect(second.$('.queue-detail').text()).toContain('Depot');
    const links = second.$('.queue-facts a').toArray();
    expect(links.map((link) => second.$(link).text())).toEqual(['Cleo <b>Asks</b>', 'Depot', 'Orders, version v1', 'Partners']);
    for (const link of links) expect((await browser.get(second.$(link).attr('href') ?? '')).status).toBe(200);
    expect(second.$('.queue-steps a').attr('href')).toContain('request=developer.');
    expect(names(await browser.get(`${QUEUE}?kind=registration`))).toEqual(['Cleo <b>Asks</b>']);
    const none = await browser.get(`${QUEUE}?q=nobody`);
    expect(none.$('.empty-state').text()).toContain('Nothing that matches waits');
  });

  it('lead on to the next request after a decision, which can be undone for ten seconds', async () => {
    const { browser, registrationId, app } = await start();
    const decided = await decide(await browser.get(QUEUE), 'approve');
    expect(decided.status).toBe(303);
    const next = await browser.get(decided.location ?? '');
    expect(next.$('h2').text()).toBe('Orders v1');
    expect(next.$('.queue-undo').text()).toContain('Approved 1 request. Nobody has been told yet.');
    expect(names(next)).toEqual(['Cleo <b>Asks</b>']);
    const undone = await browser.submit(next, {}, next.$('.queue-undo').attr('action'));
    expect(undone.status).toBe(303);
    const again = await browser.get(undone.location ?? '');
    expect(names(again)).toEqual(['Bert Waits', 'Cleo <b>Asks</b>']);
    expect(again.$('.queue-undo').length).toBe(0);

    const rejected = await decide(await browser.get(`${QUEUE}?request=registration.${registrationId}`), 'reject', {
      reason: 'Too vague.',
    });
    clock.advance(10_000);
    const later = await browser.get(rejected.location ?? '');
    expect(later.$('.queue-undo').length).toBe(0);
    expect(await getRegistration(app.ctx, { registrationId })).toMatchObject({ status: 'rejected', statusReason: 'Too vague.' });
    const shown = await browser.get(`${QUEUE}?request=registration.${registrationId}`);
    expect(shown.$('.queue-outcome').text()).toMatch(/Rejected by Ada Admin[\s\S]*Too vague\./);
    expect(shown.$('.queue-decision').length).toBe(0);
  });

  it('decide about several at once, and say which of them somebody else decided', async () => {
    const { app, browser, registrationId, bert } = await start();
    await addAdministrator(app, 'dora@example.org', 'Dora Fast');
    const dora = await logIn(app, 'dora@example.org');
    const page = await browser.get(QUEUE);
    const mine = await dora.get(`${QUEUE}?request=registration.${registrationId}`);
    expect((await decide(mine, 'approve', {}, dora)).status).toBe(303);
    const action = page.$('.queue-list form').attr('action') ?? '';
    const csrf = page.$('.queue-list input[name="_csrf"]').attr('value') ?? '';
    const request = [`developer.${bert}`, `registration.${registrationId}`];
    const answer = await browser.post(action, { _csrf: csrf, request, verdict: 'reject' });
    expect(answer.status).toBe(303);
    const after = await browser.get(answer.location ?? '');
    expect(after.$('.message-warning').text()).toContain('Somebody else has decided meanwhile');
    expect(after.$('.queue-undo').text()).toContain('Rejected 1 request');
    expect(after.$('.empty-state').text()).toContain('Nothing waits for you');
    expect(await getRegistration(app.ctx, { registrationId })).toMatchObject({ status: 'approved' });
  });

  it('ask for what is missing, and keep what was typed', async () => {
    const { browser } = await start();
    const page = await browser.get(QUEUE);
    const long = await decide(page, 'reject', { reason: 'x'.repeat(1001) });
    expect(long.status).toBe(422);
    expect(long.$('[role="alert"] a[href="#field-reason"]').text()).toContain('1000');
    expect(long.$('#field-reason').text().trim()).toBe('x'.repeat(1001));
    const csrf = page.$('.queue-list input[name="_csrf"]').attr('value') ?? '';
    const nothing = await browser.post(page.$('.queue-list form').attr('action') ?? '', { _csrf: csrf, verdict: 'approve' });
    expect(nothing.status).toBe(422);
    expect(nothing.$('[role="alert"]').text()).toContain('Choose at least one request');
    expect((await decide(page, 'perhaps')).status).toBe(422);
  });

  it('are there only for who decides about something, and hold only that', async () => {
    const { app, product, portal, bert, registrationId } = await start();
    const person = async (
      email: string,
      roles: readonly Role[],
      entity?: { type: 'product' | 'portal'; id: string; role: string },
    ) => {
      const { id } = await addAdministrator(app, email, email, roles);
      if (entity)
        await assignEntityRole(app.ctx, app.installation.organisation, {
          holder: { kind: 'administrator', id },
          entityType: entity.type,
          entityId: entity.id,
          role: entity.role,
        });
      return logIn(app, email);
    };
    const delegate = await person('delegate@example.org', [], {
      type: 'product',
      id: product.id,
      role: 'Application Registration',
    });
    const theirs = await delegate.get(QUEUE);
    expect(names(theirs)).toEqual(['Cleo <b>Asks</b>']);
    expect(theirs.$('.queue-facts a').text()).toBe('Orders, version v1');
    expect((await delegate.get(`${QUEUE}?request=developer.${bert}`)).$('.queue-detail').length).toBe(0);
    const viewer = await person('viewer@example.org', [], { type: 'portal', id: portal.id, role: 'Viewer' });
    expect((await viewer.get(QUEUE)).status).toBe(403);
    const fields = {
      _csrf: (await viewer.get('/admin/us')).$('input[name="_csrf"]').attr('value') ?? '',
      ...{ request: `registration.${registrationId}`, verdict: 'approve' },
    };
    for (const act of ['decide', 'undo']) expect((await viewer.post(`${QUEUE}/${act}`, fields)).status, act).toBe(403);
    expect(await getRegistration(app.ctx, { registrationId })).toMatchObject({ status: 'pending' });
    expect((await viewer.get('/admin/us')).$('nav[aria-label="Administration"]').text()).not.toContain('Requests');
  });
});
