import type { Context } from '../context.ts';
import { createDeveloperLink } from '../developers/index.ts';
import type { RecordedEvent } from '../events/index.ts';
import type { AdministratorId, DeveloperId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';
import { portalPaths } from './addresses.ts';
import * as facts from './facts.ts';
import type { Recipient } from './mail.ts';

/** What is to be said to somebody about an event, before it is put into words. */
export interface Letter {
  /** a file of `views/mail`, without its ending */
  readonly template: string;
  readonly to: Recipient & { readonly id: DeveloperId | AdministratorId };
  /** what the template prints; `link` is a path, of the portal or the administration */
  readonly model: Readonly<Record<string, unknown>> & { readonly link?: string };
  /** the developer to whom or about whom it is, who may be deleted together with it */
  readonly developerId?: DeveloperId;
}

/** An event in a portal, with what its mails need and the audit trail does not hold. */
export interface Occasion {
  readonly event: RecordedEvent;
  readonly portal: Portal;
  /** what whoever decided wrote to the developer */
  readonly reason: string | null;
}

/** Says what an event gives reason to write. */
export type Author = (ctx: Context, occasion: Occasion) => Promise<readonly Letter[]>;

type Words = Omit<Letter, 'to' | 'developerId'>;

/** A letter to the developer whom an event is about; none when they have been deleted since. */
const toDeveloper =
  (
    idOf: (event: RecordedEvent) => unknown,
    write: (ctx: Context, occasion: Occasion, developer: facts.Correspondent) => Promise<Words | undefined> | Words | undefined,
  ): Author =>
  async (ctx, occasion) => {
    const developer = await facts.findCorrespondent(ctx, idOf(occasion.event));
    const words = developer && (await write(ctx, occasion, developer));
    return developer && words ? [{ ...words, to: developer, developerId: developer.id }] : [];
  };

/** Whoever signs somebody else up chooses the name: no words of theirs go to an address that is not confirmed. */
const withoutName =
  (author: Author): Author =>
  async (ctx, occasion) =>
    (await author(ctx, occasion)).map((letter) => ({ ...letter, to: { ...letter.to, name: '' } }));

const subject = ({ subjectId }: RecordedEvent): unknown => subjectId;
const named = ({ details }: RecordedEvent): unknown => details['developerId'];

/** A letter about what became of a registration. */
const aboutRegistration = (template: string, isNews = (event: RecordedEvent) => event.actorKind !== 'developer'): Author =>
  toDeveloper(named, async (ctx, { event, reason }) => {
    if (!isNews(event)) return undefined; // who did it themselves knows
    const { applicationId, versionId } = event.details;
    const application = await facts.findApplicationName(ctx, applicationId);
    const names = await facts.findVersionNames(ctx, versionId);
    if (application === undefined || !names) return undefined;
    const { product, version } = names;
    return { template, model: { application, product, version, reason, link: portalPaths.application(String(applicationId)) } };
  });

/** What a change of a publication means for those who use it; `before` and `after` may be told apart or not. */
const changeOf = ({
  action,
  details,
}: RecordedEvent): 'version-published' | 'version-deprecated' | 'version-removed' | undefined => {
  if (action === 'publication.deleted') return 'version-removed';
  const changed = { ...details, ...(details['changed'] as object | undefined) };
  const after = (field: string): unknown => {
    const value = (changed as Record<string, unknown>)[field];
    return typeof value === 'object' && value !== null && 'after' in value ? value.after : value;
  };
  if (after('publishStatus') === 'unpublished') return action === 'publication.updated' ? 'version-removed' : undefined;
  if (after('deprecated') === true) return 'version-deprecated';
  return after('publishStatus') === 'published' ? 'version-published' : undefined;
};

const aboutVersion: Author = async (ctx, { event, portal }) => {
  const template = changeOf(event);
  const { versionId } = event.details;
  const names = template && (await facts.findVersionNames(ctx, versionId));
  if (!template || !names) return [];
  const { product, productSlug, version, versionSlug } = names;
  const link = {
    'version-published': portalPaths.reference(productSlug, versionSlug),
    'version-deprecated': portalPaths.product(productSlug),
    'version-removed': portalPaths.applications,
  }[template];
  const registered = await facts.listRegistered(ctx, portal.id, versionId);
  return registered.map((to) => ({ template, to, developerId: to.id, model: { product, version, link } }));
};

/** What is written to developers, by what happened. */
export const DEVELOPER_AUTHORS: Readonly<Record<string, Author>> = {
  'developer.signed-up': withoutName(
    toDeveloper(subject, async (ctx, _occasion, { id }) => ({
      template: 'developer-confirm',
      model: { link: portalPaths.confirm(await createDeveloperLink(ctx, { developerId: id, purpose: 'confirm-address' })) },
    })),
  ),
  'developer.signed-up-again': toDeveloper(subject, () => ({ template: 'developer-known', model: { link: portalPaths.login } })),
  'developer.verified': toDeveloper(subject, (_ctx, { event }) =>
    event.details['status'] === 'pending' ? { template: 'developer-received', model: {} } : undefined,
  ),
  'developer.approved': toDeveloper(subject, () => ({ template: 'developer-approved', model: { link: portalPaths.login } })),
  'developer.rejected': toDeveloper(subject, (_ctx, { reason }) => ({ template: 'developer-rejected', model: { reason } })),
  'developer.revoked': toDeveloper(subject, (_ctx, { reason }) => ({ template: 'developer-revoked', model: { reason } })),
  'developer.password-forgotten': toDeveloper(subject, async (ctx, _occasion, { id }) => ({
    template: 'developer-reset',
    model: { link: portalPaths.resetPassword(await createDeveloperLink(ctx, { developerId: id, purpose: 'reset-password' })) },
  })),
  'developer.password-changed': toDeveloper(subject, (_ctx, { event }) => ({
    template: 'developer-password-changed',
    model: { at: event.at, link: portalPaths.forgotPassword },
  })),
  'session.device-added': toDeveloper(named, async (ctx, { event }) => ({
    template: 'developer-device',
    model: {
      at: event.at,
      userAgent: (await facts.findUserAgent(ctx, event.subjectId)) ?? '',
      address: event.address ?? '',
      link: portalPaths.account,
    },
  })),
  'registration.created': aboutRegistration('registration-approved', ({ details }) => details['status'] === 'approved'),
  'registration.approved': aboutRegistration('registration-approved'),
  'registration.rejected': aboutRegistration('registration-rejected'),
  'registration.revoked': aboutRegistration('registration-revoked'),
  'registration.deleted': aboutRegistration('registration-deleted'),
  'publication.created': aboutVersion,
  'publication.updated': aboutVersion,
  'publication.deleted': aboutVersion,
  'credential.expiring': toDeveloper(named, async (ctx, { event }) => {
    const { applicationId } = event.details;
    const application = await facts.findApplicationName(ctx, applicationId);
    const key = await facts.findKey(ctx, event.subjectId);
    if (application === undefined || !key) return undefined;
    const { name, prefix, expiresAt } = key;
    const link = portalPaths.application(String(applicationId));
    return { template: 'credential-expiring', model: { application, key: name, prefix, expiresAt, link } };
  }),
};
