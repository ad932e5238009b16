import { type SelectQueryBuilder, sql } from 'kysely';
import { toInstant } from '../../database/codec.ts';
import type { Schema } from '../../database/schema.ts';
import { fold, likePattern } from '../../lib/text.ts';
import { type Actor, allowed, may, mayAny, require } from '../access/index.ts';
import { type Context, inTransaction, type OrganisationContext } from '../context.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import { record, recordForOrganisation } from '../events/index.ts';
import type { Listed, Page } from '../listing.ts';
import type { LoggedMail, MailContent, MailStatus } from './mail.ts';
import { LOGGED_COLUMNS, type MailboxName, tableOf, toLoggedMail } from './mails-store.ts';

/** What of the log is asked for. */
export interface MailQuery {
  readonly status: MailStatus | undefined;
  /** part of an address or a subject; empty: all */
  readonly search: string;
  readonly page: Page;
}

/** May this actor see who was written to? In a region whoever administers a portal, and everywhere whoever manages people. */
export const maySeeMails = (actor: Actor, mailbox: MailboxName): boolean =>
  may(actor, 'organisation.identify') || (mailbox === 'mails' && mayAny(actor, 'portal.administer'));

/**
 * May this actor read what a mail says, and have it sent again? It may hold a link that lets whoever follows it in: so only who may do
 * as much anyway: administer the portal, or everything.
 */
export const mayReadMail = (actor: Actor, { portalId }: Pick<LoggedMail, 'portalId'>): boolean =>
  portalId === undefined ? may(actor, 'organisation.administer') : may(actor, 'portal.administer', portalId);

type MailRows = SelectQueryBuilder<Schema, 'mails', object>;

/** The mails that an actor may know of. */
const visible = ({ db, actor }: OrganisationContext, mailbox: MailboxName): MailRows => {
  const portals = may(actor, 'organisation.identify') ? 'all' : allowed(actor, 'portal.administer');
  return db
    .selectFrom(tableOf(mailbox))
    .$if(portals !== 'all', (query) => query.where('portal_id', 'in', portals === 'all' ? [] : [...portals]));
};

const columnsOf = (mailbox: MailboxName) =>
  [...LOGGED_COLUMNS, ...(mailbox === 'mails' ? (['portal_id'] as const) : [])] as const;

/** One page of the mails that were written, the newest first. @throws forbidden */
export const listMails = async (
  ctx: OrganisationContext,
  mailbox: MailboxName,
  { status, search, page }: MailQuery,
): Promise<Listed<LoggedMail>> => {
  require(maySeeMails(ctx.actor, mailbox));
  const pattern = likePattern(fold(search));
  const wanted = visible(ctx, mailbox)
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'queued'))
    .$if(search !== '', (query) =>
      query.where(sql<boolean>`(lower(recipient) like ${pattern} escape '\\' or lower(subject) like ${pattern} escape '\\')`),
    );
  const { total } = await wanted.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await wanted
    .select(columnsOf(mailbox))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute();
  return { items: rows.map(toLoggedMail), total, page };
};

/** A mail with what it says, as far as the actor may read that. @throws forbidden; not-found */
export const getMail = async (ctx: OrganisationContext, mailbox: MailboxName, id: string): Promise<MailContent> => {
  require(maySeeMails(ctx.actor, mailbox));
  const row = await visible(ctx, mailbox)
    .select([...columnsOf(mailbox), 'text', 'html'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('Mail');
  const mail = toLoggedMail(row);
  const isReadable = mayReadMail(ctx.actor, mail);
  return { ...mail, text: (isReadable && row.text) || undefined, html: (isReadable && row.html) || undefined };
};

/** Whether a mail that stayed here can be sent (again). */
export const canRetry = (actor: Actor, mail: LoggedMail): boolean =>
  (mail.status === 'failed' || mail.status === 'kept') && mayReadMail(actor, mail);

const requeue = async (ctx: OrganisationContext, mailbox: MailboxName, id: string): Promise<LoggedMail> => {
  const mail = await getMail(ctx, mailbox, id);
  if (!mayReadMail(ctx.actor, mail)) throw forbidden();
  if (!canRetry(ctx.actor, mail)) throw conflict('This mail is sent already, or about to be');
  await ctx.db
    .updateTable(tableOf(mailbox))
    .set({ status: 'queued', attempts: 0, not_before: toInstant(ctx.now()) })
    .where('id', '=', id)
    .execute();
  ctx.wakeWorker();
  return mail;
};

/** Has a mail of the region sent that failed or was kept. @throws forbidden; not-found; conflict when it is sent, or about to be */
export const retryMail = (ctx: Context, id: string): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const { portalId, template } = await requeue(ctx, 'mails', id);
    await record(ctx, { action: 'mail.retried', subjectId: id, portalId, details: { template } });
  });

/** {@link retryMail} for the organisation. */
export const retryOrganisationMail = (ctx: OrganisationContext, id: string): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const { template } = await requeue(ctx, 'organisation_mails', id);
    await recordForOrganisation(ctx, { action: 'mail.retried', subjectId: id, details: { template } });
  });
