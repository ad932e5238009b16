import { expect, it } from 'vitest';
import { addTeamMember, createAdministratorTeam } from '../../../src/domain/administrator-teams/index.ts';
import { findAdministratorLink, forgetPassword, inviteAdministrator } from '../../../src/domain/administrators/index.ts';
import { inTransaction } from '../../../src/domain/context.ts';
import { createCredential, warnOfExpiringCredentials } from '../../../src/domain/credentials/index.ts';
import { confirmAddress, logIn, requestPasswordReset, setPassword, signUp } from '../../../src/domain/developers/index.ts';
import { FOLLOWED } from '../../../src/domain/events/followed.ts';
import { type Event, record } from '../../../src/domain/events/index.ts';
import { ADMINISTRATOR_AUTHORS } from '../../../src/domain/mail/administrator-letters.ts';
import { REQUEST_ACTIONS } from '../../../src/domain/mail/approver-letters.ts';
import { DEVELOPER_AUTHORS } from '../../../src/domain/mail/developer-letters.ts';
import type { NewPortal } from '../../../src/domain/portals/index.ts';
import { deletePortal, updateKeyPolicy, updatePortal } from '../../../src/domain/portals/index.ts';
import { deletePublication, updatePublication } from '../../../src/domain/publications/index.ts';
import {
  createRegisteredApplication,
  decideRegistration,
  deleteRegistration,
  undoDecision,
  unregisterApplication,
} from '../../../src/domain/registrations/index.ts';
import { assignEntityRole, assignRole } from '../../../src/domain/roles/index.ts';
import { newMachine, newPerson } from '../../support/administrators.ts';
import { organisationContext, testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { writeMails, writtenMails } from '../../support/mail.ts';
import { administrator, registrationScene } from '../../support/registrations.ts';

const DAY = 24 * 3_600_000;

it('every event that is followed is written about', () => {
  const written = [...Object.keys(DEVELOPER_AUTHORS), ...REQUEST_ACTIONS, ...Object.keys(ADMINISTRATOR_AUTHORS)];
  const undoable = ['developer.reopened', 'registration.reopened']; // put back among those that wait: nobody has to know
  const ignored = ['developer.reset-ignored', 'developer.sign-up-ignored']; // take as long as what is not
  expect([...new Set([...written, ...undoable, ...ignored])].sort()).toEqual([...FOLLOWED].sort());
});

onEachDatabase('mails', (open) => {
  const scene = async (portalInput: Partial<NewPortal> = {}) => {
    const connection = await open();
    const clock = testClock();
    const now = () => {
      clock.advance(1);
      return clock.now();
    };
    const ctx = testContext(connection, { now });
    const organisation = organisationContext(connection, { now });
    const stage = await registrationScene(ctx, portalInput);
    const developer = await ctx.db
      .selectFrom('developers')
      .selectAll()
      .where('id', '=', stage.developerId)
      .executeTakeFirstOrThrow();
    const tell = async (event: Event) => {
      await inTransaction(ctx, (ctx) => record(ctx, { portalId: stage.portal.id, ...event }));
      await writeMails(ctx, organisation);
    };
    await writeMails(ctx, organisation);
    return {
      ...stage,
      ctx,
      clock,
      organisation,
      developer,
      tell,
      write: () => writeMails(ctx, organisation),
      mails: () => writtenMails(ctx),
    };
  };

  const templates = (mails: readonly { template: string }[]) => mails.map(({ template }) => template);

  it('tell a developer what was decided about their account, and lead to the portal', async () => {
    const { tell, mails, developer, developerId, portal } = await scene({ displayName: 'Partner APIs' });
    await tell({ action: 'developer.approved', subjectId: developerId });
    const origin = `https://${portal.defaultDomain}`;
    expect(await mails()).toMatchObject([
      {
        template: 'developer-approved',
        recipient: developer.email,
        recipient_name: developer.full_name,
        sender_name: 'Partner APIs',
        subject: 'Welcome to Partner APIs',
        text: expect.stringContaining(`${origin}/login\n`),
      },
    ]);
    await tell({ action: 'developer.revoked', subjectId: developerId });
    await tell({ action: 'developer.password-changed', subjectId: developerId });
    expect(templates(await mails())).toEqual(['developer-approved', 'developer-revoked', 'developer-password-changed']);
  });

  it('hold the link that confirms an address, and no word of whoever gave it', async () => {
    const { ctx, mails, write, portal } = await scene();
    const pills = { email: 'victim@example.com', fullName: 'Cheap pills at http://evil.example' };
    await signUp(ctx, portal, pills);
    await write();
    const [mail] = await mails();
    expect(mail).toMatchObject({ template: 'developer-confirm', recipient: 'victim@example.com', recipient_name: '' });
    expect(mail?.text).not.toContain('pills');
    const token = /\/login\?token=([\w-]+)\n/.exec(mail?.text ?? '')?.[1] ?? '';
    const { token: first } = await confirmAddress(ctx, portal, token);
    await setPassword(ctx, portal, { token: first, password: 'quite a long set of words' });
    await signUp(ctx, portal, pills);
    await write();
    expect(templates(await mails())).toEqual(['developer-confirm', 'developer-received', 'developer-known']);
  });

  it('hold the link by which to choose another password', async () => {
    const { ctx, mails, write, portal, developer } = await scene();
    await requestPasswordReset(ctx, portal, developer.email);
    await requestPasswordReset(ctx, portal, 'nobody@example.com');
    await write();
    const [mail, ...rest] = await mails();
    expect(rest).toEqual([]);
    const token = /\/reset-password\?token=([\w-]+)\n/.exec(mail?.text ?? '')?.[1] ?? '';
    await setPassword(ctx, portal, { token, password: 'quite a long set of words' });
    await expect(setPassword(ctx, portal, { token, password: 'another set of words' })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('tell of a log-in with an unknown browser', async () => {
    const { ctx, mails, write, portal, developer } = await scene();
    await requestPasswordReset(ctx, portal, developer.email);
    await write();
    const token = /token=([\w-]+)/.exec((await mails())[0]?.text ?? '')?.[1] ?? '';
    const password = 'quite a long set of words';
    await setPassword(ctx, portal, { token, password });
    const from = { ...ctx, origin: { requestId: 'r', address: '192.0.2.7' } };
    const credentials = { email: developer.email, password };
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
    await logIn(ctx, portal, credentials, { id: 'a'.repeat(43), userAgent: 'curl/8.0' });
    await logIn(from, portal, credentials, { id: 'b'.repeat(43), userAgent });
    await write();
    const told = (await mails()).filter(({ template }) => template === 'developer-device');
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain('Browser: Firefox on Linux\nAddress: 192.0.2.7\n');
  });

  it('to administrators invite them, and let them choose another password', async () => {
    const { ctx, organisation, write } = await scene();
    const { id } = await inviteAdministrator(organisation, { name: 'Ada', email: 'ada@example.com' });
    await write();
    const tokenOf = (text: string | null | undefined) =>
      /https:\/\/admin\.example\.com\/admin\/password\?token=([\w-]+)\n/.exec(text ?? '')?.[1] ?? '';
    const [invitation] = await writtenMails(organisation, 'organisation_mails');
    expect(invitation).toMatchObject({ template: 'administrator-invited', recipient: 'ada@example.com', sender_name: null });
    expect(await findAdministratorLink(organisation, tokenOf(invitation?.text))).toMatchObject({
      purpose: 'invitation',
      administratorId: id,
    });
    await organisation.db.updateTable('administrators').set({ status: 'active' }).where('id', '=', id).execute();
    await forgetPassword(organisation, 'ada@example.com');
    await forgetPassword(organisation, 'nobody@example.com');
    await write();
    const mails = await writtenMails(organisation, 'organisation_mails');
    expect(templates(mails)).toEqual(['administrator-invited', 'administrator-reset']);
    expect(await findAdministratorLink(organisation, tokenOf(mails[1]?.text))).toMatchObject({ purpose: 'password' });
    expect(await writtenMails(ctx)).toEqual([]);
    await organisation.db.deleteFrom('administrators').where('id', '=', id).execute();
    expect(await writtenMails(organisation, 'organisation_mails')).toEqual([]);
  });

  it('lead to a portal’s custom domain, or to the client of its own', async () => {
    const { tell, mails, developerId, ctx, portal } = await scene({ customDomain: 'api.example.com' });
    await tell({ action: 'developer.approved', subjectId: developerId });
    await updatePortal(
      ctx,
      portal.id,
      { customClientDomain: 'dev.example.com' },
      { portalDomain: 'p.example', reservedHosts: [] },
    );
    await tell({ action: 'developer.approved', subjectId: developerId });
    const texts = (await mails()).map(({ text }) => text);
    expect(texts[0]).toContain('https://api.example.com/login\n');
    expect(texts[1]).toContain('https://dev.example.com/login\n');
  });

  it('tell what became of a registration, with the reason, once it can no longer be undone', async () => {
    const { ctx, write, mails, addRegistration, clock, developer } = await scene();
    const registrationId = await addRegistration('Shop');
    const decider = { ...ctx, actor: administrator() };
    await decideRegistration(decider, { registrationId }, { status: 'approved' });
    await undoDecision(decider, { registrationId });
    await decideRegistration(decider, { registrationId }, { status: 'rejected', reason: 'Please name\nyour company' });
    await write();
    expect(await mails()).toEqual([]);
    clock.advance(10_000);
    await write();
    const [mail, ...rest] = await mails();
    expect(rest).toEqual([]);
    expect(mail).toMatchObject({
      template: 'registration-rejected',
      recipient: developer.email,
      subject: 'Shop was declined for Orders v1',
      text: expect.stringContaining('> Please name\n> your company\n'),
    });
    await decideRegistration(decider, { registrationId }, { status: 'approved' });
    await decideRegistration(decider, { registrationId }, { status: 'revoked' });
    await deleteRegistration(decider, { registrationId });
    clock.advance(10_000);
    await write();
    expect(templates(await mails()).slice(1)).toEqual(['registration-approved', 'registration-revoked', 'registration-deleted']);
  });

  it('do not tell developers what they did themselves', async () => {
    const { ctx, write, mails, addRegistration, owner } = await scene();
    const registrationId = await addRegistration();
    const { application_id: applicationId } = await ctx.db
      .selectFrom('registrations')
      .select('application_id')
      .executeTakeFirstOrThrow();
    const actor = { kind: 'developer', id: owner.developerId, portalId: owner.portal.id } as const;
    await unregisterApplication({ ...ctx, actor }, { ...owner, applicationId: applicationId as never, registrationId });
    await write();
    expect(await mails()).toEqual([]);
  });

  it('ask whoever may decide: by role on portal or product, on all or one, of their own or through a team, once each', async () => {
    const { ctx, organisation, write, mails, addRegistration, portal, product } = await scene();
    const person = (name: string) => newPerson(organisation, name);
    const on = (entityType: 'portal' | 'product', role: string, entityId: string) => ({ entityType, role, entityId });
    await assignRole(organisation, {
      holder: await person('Root'),
      entityType: 'organisation',
      role: 'Organisation Admin',
      region: '*',
    });
    await assignRole(organisation, {
      holder: await person('Everywhere'),
      entityType: 'portal',
      role: 'Maintainer',
      region: 'us',
    });
    await assignRole(organisation, { holder: await person('Elsewhere'), entityType: 'portal', role: 'Maintainer', region: 'eu' });
    await assignRole(organisation, { holder: await person('Reader'), entityType: 'portal', role: 'Viewer', region: '*' });
    const delegate = await person('Delegate');
    await assignEntityRole(ctx, organisation, { ...on('product', 'Application Registration', product.id), holder: delegate });
    await assignEntityRole(ctx, organisation, { ...on('portal', 'Maintainer', portal.id), holder: delegate });
    const team = await createAdministratorTeam(organisation, { name: 'Deciders' });
    await addTeamMember(organisation, team.id, await person('Member'));
    await assignEntityRole(ctx, organisation, { ...on('portal', 'Admin', portal.id), holder: { kind: 'team', id: team.id } });
    await assignRole(organisation, {
      holder: await newMachine(organisation, 'robot'),
      entityType: 'portal',
      role: 'Admin',
      region: '*',
    });
    const left = await person('Left');
    await assignRole(organisation, { holder: left, entityType: 'portal', role: 'Admin', region: '*' });
    await organisation.db.updateTable('administrators').set({ status: 'deactivated' }).where('id', '=', left.id).execute();

    const registrationId = await addRegistration('Shop');
    await write();
    const asked = await mails();
    expect(asked.map(({ recipient_name }) => recipient_name)).toEqual(['Delegate', 'Everywhere', 'Member', 'Root']);
    expect(asked[0]).toMatchObject({
      template: 'registration-pending',
      recipient: 'delegate@example.org',
      sender_name: null,
      subject: 'Shop asks for Orders v1',
      text: expect.stringContaining(`https://admin.example.com/admin/us/requests?request=registration.${registrationId}\n`),
    });
  });

  it('ask about a new developer whoever administers the portal, and tell the developer that they wait', async () => {
    const { organisation, tell, mails, developerId, portal } = await scene();
    const admin = await newPerson(organisation, 'Admin');
    const maintainer = await newPerson(organisation, 'Maintainer');
    await assignRole(organisation, { holder: admin, entityType: 'portal', role: 'Admin', region: '*' });
    await assignRole(organisation, { holder: maintainer, entityType: 'portal', role: 'Maintainer', region: '*' });
    await tell({ action: 'developer.verified', subjectId: developerId, details: { status: 'pending' } });
    expect(templates(await mails())).toEqual(['developer-received', 'developer-pending']);
    expect((await mails())[1]).toMatchObject({
      recipient: 'admin@example.org',
      text: expect.stringContaining(`https://admin.example.com/admin/us/requests?request=developer.${developerId}\n`),
      subject: expect.stringContaining(portal.displayName),
    });
    await tell({ action: 'developer.verified', subjectId: developerId, details: { status: 'approved' } });
    expect(await mails()).toHaveLength(2);
  });

  it('tell those who are registered what happens to a version, if whoever changes it says so', async () => {
    const { ctx, write, mails, addRegistration, portal, version, product, developer } = await scene();
    await addRegistration();
    await addRegistration('Second');
    const ref = { portalId: portal.id, versionId: version.id };
    await updatePublication(ctx, ref, { deprecated: true });
    await write();
    expect(await mails()).toEqual([]);
    await updatePublication(ctx, ref, { deprecated: false, notifyDevelopers: true });
    await updatePublication(ctx, ref, { deprecated: true, notifyDevelopers: true });
    await updatePublication(ctx, ref, { publishStatus: 'unpublished', notifyDevelopers: true });
    await updatePublication(ctx, ref, { publishStatus: 'published', notifyDevelopers: true });
    await write();
    const told = await mails();
    expect(told.map(({ template, recipient }) => [template, recipient])).toEqual(
      ['version-deprecated', 'version-removed', 'version-published'].map((template) => [template, developer.email]),
    );
    expect(told[0]?.text).toContain(`/docs/${product.slug}\n`);
    expect(told[2]?.text).toContain(`/spec/${product.slug}/${version.slug}\n`);
  });

  it('tell of a version that is taken out of the portal altogether, if whoever does it says so', async () => {
    const { ctx, write, mails, addRegistration, addVersion, portal, version, developer } = await scene();
    await addRegistration();
    await addVersion('v2');
    const ref = { portalId: portal.id, versionId: version.id };
    await deletePublication(ctx, ref, { notifyDevelopers: true });
    await write();
    expect((await mails()).map(({ template, recipient }) => [template, recipient])).toEqual([
      ['version-removed', developer.email],
    ]);
  });

  it('tell developers of a registration that the portal has approved by itself', async () => {
    const { ctx, write, mails, addVersion, owner } = await scene({ autoApproveApplications: true });
    const version = await addVersion('v2');
    const actor = { kind: 'developer', id: owner.developerId, portalId: owner.portal.id } as const;
    await createRegisteredApplication({ ...ctx, actor }, owner, version.id, { name: 'Till' });
    await write();
    expect((await mails()).map(({ template, subject }) => [template, subject])).toEqual([
      ['registration-approved', 'Till may use Orders v2'],
    ]);
  });

  it('warn of keys that expire', async () => {
    const { ctx, write, mails, addApplication, portal, clock } = await scene();
    await updateKeyPolicy(ctx, portal.id, { maxAgeDays: 30 });
    const own = await addApplication('Shop');
    await createCredential(ctx, own, 'main');
    clock.advance(29 * DAY);
    await warnOfExpiringCredentials(ctx);
    await write();
    expect(await mails()).toMatchObject([
      {
        template: 'credential-expiring',
        subject: 'The key main of Shop expires soon',
        text: expect.stringContaining(`/application/${own.applicationId}\n`),
      },
    ]);
  });

  it('are written once for one event, and not about those who are gone', async () => {
    const { ctx, organisation, tell, mails, developerId, portal, write } = await scene();
    await tell({ action: 'developer.approved', subjectId: developerId });
    const { id: eventId } = await ctx.db
      .selectFrom('audit_events')
      .select('id')
      .where('action', '=', 'developer.approved')
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto('outbox')
      .values({
        ...{ id: portal.id, kind: 'event', subject_id: developerId, payload: JSON.stringify({ eventId }) },
        ...{ created_at: ctx.now().toISOString(), not_before: ctx.now().toISOString(), attempts: 0, error: null },
      })
      .execute();
    await write();
    expect(await mails()).toHaveLength(1);
    await ctx.db.deleteFrom('developers').where('id', '=', developerId).execute();
    expect(await mails()).toEqual([]);
    await tell({ action: 'developer.approved', subjectId: developerId });
    expect(await mails()).toEqual([]);
    await inTransaction(ctx, (ctx) => record(ctx, { action: 'developer.approved', subjectId: developerId, portalId: portal.id }));
    await deletePortal(ctx, portal.id, { force: true });
    await writeMails(ctx, organisation);
    expect(await ctx.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });
});
