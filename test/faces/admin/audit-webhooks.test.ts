import { execFileSync } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { deliverNext } from '../../../src/domain/audit/index.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { type AuditReceiver, startAuditReceiver } from '../../support/audit-receiver.ts';
import { onEachDatabase } from '../../support/database.ts';
import { arriveWith, type PageAnswer, startAdministration, type TestAdministration } from './admin.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const LIST = '/admin/us/audit-webhooks';

onEachDatabase('audit log webhooks in the administration', (open) => {
  let administration: TestAdministration;
  let receiver: AuditReceiver;
  afterEach(async () => {
    await administration.app.close();
    await receiver.close();
  });

  const start = async () => {
    administration = await startAdministration(await open());
    receiver = await startAuditReceiver();
    const { ctx, installation } = administration.app;
    const portal = await createPortal(ctx, { name: 'Harbour' }, HOSTS);
    const deliverAll = async (): Promise<void> => {
      while (await deliverNext(ctx, installation.organisation));
    };
    return { ...administration, portal, deliverAll };
  };

  const facts = ({ $ }: PageAnswer): string =>
    $('aside dt, aside dd')
      .get()
      .map((part) => $(part).text().trim())
      .join(' ');
  const notice = ({ $ }: PageAnswer): string => $('.message').first().text().replace(/\s+/g, ' ').trim();

  it('are set up for the whole log, tested, and say how sending goes', async () => {
    const { browser, deliverAll } = await start();
    const before = await browser.get(`${LIST}/organisation`);
    expect(facts(before)).toContain('State Off Goes to Nowhere yet Last try Never');
    expect(before.$(`form[action="${LIST}/organisation/test"]`).length).toBe(0);
    const form = await browser.get(`${LIST}/organisation/edit`);
    const wrong = await browser.submit(form, { enabled: 'on', endpoint: 'ftp://x', authorization: 'ä' });
    expect([wrong.status, wrong.$('.error-summary a').length]).toEqual([422, 2]);
    const nowhere = await browser.submit(form, { enabled: 'on', endpoint: '' });
    expect([nowhere.status, nowhere.$('#field-endpoint-error').text()]).toEqual([422, expect.stringContaining('has to be set')]);
    const url = `${receiver.url}/log`;
    const saved = await browser.submit(form, { enabled: 'on', endpoint: url, authorization: 'Bearer x', logFormat: 'json' });
    expect([saved.status, saved.location]).toEqual([303, `${LIST}/organisation`]);
    expect((await browser.get(`${LIST}/organisation/edit`)).text).not.toContain('Bearer x');
    const tested = await browser.submit(await browser.get(`${LIST}/organisation`), {}, `${LIST}/organisation/test`);
    expect(notice(await browser.get(tested.location ?? ''))).toContain('took the test event: 200 OK');
    expect(receiver.received[0]?.headers.authorization).toBe('Bearer x');
    expect(receiver.lines().map((line) => JSON.parse(line).event_class_id)).toEqual(['audit-webhook.tested']);
    await deliverAll();
    expect(facts(await browser.get(`${LIST}/organisation`))).toContain('State Works');
    receiver.answerWith(401);
    await browser.submit(await browser.get(`${LIST}/organisation`), {}, `${LIST}/organisation/test`);
    await deliverAll();
    const failing = await browser.get(`${LIST}/organisation`);
    expect(failing.$('main .message-danger').text()).toContain('401 Unauthorized');
    expect(facts(failing)).toMatch(/State Fails .* Next try/);
  });

  it('of portals go to destinations, which are made, changed and deleted', async () => {
    const { browser, portal, deliverAll } = await start();
    const page = await browser.get(`${LIST}/destinations/new`);
    expect((await browser.submit(page, { name: '', endpoint: 'nowhere' })).$('.error-summary a').length).toBe(2);
    await browser.submit(page, { name: 'SIEM', endpoint: receiver.url });
    const list = await browser.get(LIST);
    expect(list.$('nav[aria-label="Administration"] a[aria-current="page"]').text()).toContain('Audit log webhooks');
    const destination = list.$('table[class="table"] th a').last().attr('href') ?? '';
    const edit = await browser.get(`${LIST}/portals/${portal.id}/edit`);
    const option = edit.$('#field-destinationId option').last();
    expect(option.text()).toBe('SIEM');
    const without = await browser.submit(edit, { enabled: 'on', destinationId: '' });
    expect([without.status, without.$('#field-destinationId-error').length]).toEqual([422, 1]);
    await browser.submit(edit, { enabled: 'on', destinationId: option.attr('value') ?? '' });
    const log = await browser.get('/admin/us/audit?what=audit-webhook.updated');
    expect(log.$('tbody td a').first().text()).toBe('Harbour');
    const entry = await browser.get(log.$('tbody th a').attr('href') ?? '');
    expect(entry.$(`main a[href="${LIST}/portals/${portal.id}"]`).text()).toContain('Harbour');
    await deliverAll();
    expect(receiver.lines().length).toBeGreaterThan(0);
    const row = (await browser.get(LIST)).$('tbody tr').first().text().replace(/\s+/g, ' ').trim();
    expect(row).toMatch(/^Harbour Works SIEM \d{4}-\d\d-\d\d 200 OK$/);
    await browser.submit(await browser.get(destination), { name: 'Log store', endpoint: `${receiver.url}/new` });
    expect(facts(await browser.get(`${LIST}/portals/${portal.id}`))).toContain('Goes to Log store');
    const refused = await browser.submit(await browser.get(`${destination}/delete`));
    expect([refused.status, refused.$('.error-summary').text()]).toEqual([409, expect.stringContaining('in use')]);
    await browser.submit(await browser.get(`${LIST}/destinations/new`), { name: 'Spare', endpoint: receiver.url });
    const spare = (await browser.get(LIST)).$('th a:contains("Spare")').attr('href') ?? '';
    expect((await browser.submit(await browser.get(`${spare}/delete`))).location).toBe(LIST);
    expect((await browser.get(spare)).status).toBe(404);
  });

  it('send a time once more, and show how far that is', async () => {
    const { browser, deliverAll } = await start();
    const here = `${LIST}/organisation`;
    expect((await browser.get(here)).$(`form[action="${here}/replay"]`).length).toBe(0);
    const url = receiver.url;
    await browser.submit(await browser.get(`${here}/edit`), { enabled: 'on', endpoint: url, logFormat: 'json' });
    await deliverAll();
    const page = await browser.get(here);
    const late = await browser.submit(page, { startAt: '2001-01-01T00:00', endAt: 'soon' }, `${here}/replay`);
    expect([late.status, late.$('#field-endAt-error').length]).toEqual([422, 1]);
    const old = await browser.submit(page, { startAt: '2001-01-01T00:00' }, `${here}/replay`);
    expect(old.$('#field-startAt-error').text()).toContain('must begin within the last 7 days');
    const asked = await browser.submit(page, {}, `${here}/replay`);
    expect(asked.location).toBe(here);
    const running = await browser.get(here);
    expect(running.$('progress').attr('value')).toBe('0');
    expect(running.$(`form[action="${here}/replay"]`).length).toBe(0);
    await deliverAll();
    expect((await browser.get(here)).$('main .badge-success').text()).toContain('Done');
  });

  it('are explained to receivers by an example that works', async () => {
    const { browser } = await start();
    await browser.submit(await browser.get(`${LIST}/organisation/edit`), { endpoint: receiver.url, logFormat: 'json' });
    await browser.submit(await browser.get(`${LIST}/organisation`), {}, `${LIST}/organisation/test`);
    await browser.submit(await browser.get(`${LIST}/organisation/edit`), { endpoint: receiver.url, logFormat: 'cef' });
    await browser.submit(await browser.get(`${LIST}/organisation`), {}, `${LIST}/organisation/test`);
    const lines = receiver.lines();
    const page = await browser.get(`${LIST}/signatures`);
    expect(page.$('dd code')).toHaveLength(2);
    const { keys } = JSON.parse((await browser.get('/v2/audit-log-webhook/jwks.json')).text);
    expect(new URL(page.$('.prose a').attr('href') ?? '').pathname).toBe('/v2/audit-log-webhook/jwks.json');
    const cases = [...lines, ...lines.map((line) => line.replace('tested', 'forged'))];
    const program = `${page.$('pre code').text()}
      console.log(JSON.stringify(${JSON.stringify(cases)}.map((line) => isGenuine(line, ${JSON.stringify(keys)}))));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual([true, true, false, false]);
  });

  it('are for those only who may change them', async () => {
    const { app, portal } = await start();
    const other = await createPortal(app.ctx, { name: 'Elsewhere' }, HOSTS);
    const admin = await arriveWith(app, 'paul@example.org', { entityType: 'portal', role: 'Admin', entityId: portal.id });
    const list = await admin.get(LIST);
    expect(list.$('tbody th').text().trim()).toBe('Harbour');
    expect(list.text).not.toContain('New destination');
    const statuses = async (...paths: string[]): Promise<number[]> => {
      const answers: number[] = [];
      for (const path of paths) answers.push((await admin.get(`${LIST}/${path}`)).status);
      return answers;
    };
    expect(await statuses(`portals/${portal.id}`, `portals/${portal.id}/edit`, 'signatures')).toEqual([200, 200, 200]);
    expect(await statuses(`portals/${other.id}`, 'organisation', 'organisation/edit', 'destinations/new')).toEqual([
      404, 403, 403, 403,
    ]);
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'portal', role: 'Viewer', entityId: portal.id });
    expect((await viewer.get('/admin/us')).$('nav[aria-label="Administration"]').text()).not.toContain('Audit log webhooks');
    for (const path of ['', '/signatures', `/portals/${portal.id}`])
      expect((await viewer.get(`${LIST}${path}`)).status, path).toBe(403);
  });
});
