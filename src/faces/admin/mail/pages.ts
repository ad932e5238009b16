import type { Listed } from '../../../domain/listing.ts';
import {
  canRetry,
  type LoggedMail,
  type MailContent,
  type MailQuery,
  type MailStatus,
  maySeeMails,
} from '../../../domain/mail/index.ts';
import type { FailingJob } from '../../../domain/outbox/index.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';
import type { AdminContext } from '../context.ts';
import { filtersText } from '../filters.ts';
import { timeHtml } from '../time.ts';
import { type Box, mailPaths } from './paths.ts';

export const STATUSES = ['', 'queued', 'sent', 'kept', 'failed'] as const;

const STATES: Readonly<Record<MailStatus, { readonly text: string; readonly kind: string }>> = {
  queued: { text: 'Waiting', kind: 'info' },
  sent: { text: 'Sent', kind: 'success' },
  kept: { text: 'Kept', kind: 'neutral' },
  failed: { text: 'Failed', kind: 'danger' },
};

/** A mail that was refused waits too, and says why. */
const stateOf = ({ status, error }: LoggedMail) =>
  status === 'queued' && error !== undefined ? { text: 'Tried again', kind: 'warning' } : STATES[status];

const subjectHtml = (href: string, { subject, error, status }: LoggedMail): SafeHtml =>
  html`<a class="row-name" href="${href}">${subject}</a>${error !== undefined && status !== 'sent' && html`<span class="row-text">${error}</span>`}`;

const badgeHtml = (mail: LoggedMail): SafeHtml => {
  const { text, kind } = stateOf(mail);
  return html`<span class="badge badge-${kind}">${text}</span>`;
};

const tabsOf = ({ actor, region }: AdminContext, box: Box) => {
  const tabs = [
    { box: 'portals', label: 'Portals' },
    { box: 'administration', label: 'Administration' },
  ] as const;
  return {
    label: 'Mails',
    items: tabs
      .filter((tab) => maySeeMails(actor, tab.box === 'portals' ? 'mails' : 'organisation_mails'))
      .map((tab) => ({ label: tab.label, href: mailPaths.list(region, tab.box), current: tab.box === box })),
  };
};

/** The list of mails. */
export const listModel = (
  ctx: AdminContext,
  box: Box,
  { status, search }: MailQuery,
  found: Listed<LoggedMail>,
  failing: readonly FailingJob[],
) => {
  const isWhole = status === undefined && search === '';
  const href = (page: number): string =>
    mailPaths.list(ctx.region, box, { status, q: search, page: page === 1 ? undefined : page });
  return {
    tabs: tabsOf(ctx, box),
    warnings: failing.map(({ error, attempts }) => ({
      ...{ kind: 'warning', title: 'Something that happened could not be written about yet' },
      text: `It was tried ${counted(attempts, 'time', 'times')}, and will be again. The last error was: ${error}`,
    })),
    filters: {
      action: mailPaths.list(ctx.region, box),
      label: 'Filter mails',
      fold: filtersText(search, status),
      fields: [
        { id: 'filter-q', name: 'q', label: 'Address or subject', type: 'search', value: search },
        {
          ...{ id: 'filter-status', name: 'status', label: 'State', type: 'select', value: status ?? '' },
          options: [{ value: '', text: 'All' }, ...Object.entries(STATES).map(([value, { text }]) => ({ value, text }))],
        },
      ],
      clearHref: isWhole ? false : mailPaths.list(ctx.region, box),
    },
    summary: counted(found.total, 'mail', 'mails'),
    table: found.items.length > 0 && {
      caption: 'Mails',
      head: [{ text: 'Subject' }, { text: 'To' }, { text: 'State' }, { text: 'Written' }],
      rows: found.items.map((mail) => [
        { html: subjectHtml(mailPaths.mail(ctx.region, box, mail.id), mail), header: true, long: true },
        { text: mail.recipient.email },
        { html: badgeHtml(mail) },
        { html: timeHtml(mail.createdAt) },
      ]),
    },
    empty: found.items.length === 0 && emptyOf(ctx, box, isWhole),
    pagination: paginate(found, href) ?? false,
  };
};

const emptyOf = ({ region }: AdminContext, box: Box, isWhole: boolean) =>
  isWhole
    ? {
        icon: 'mail',
        title: 'No mails yet',
        text: 'What is written to developers and administrators is listed here for 90 days.',
      }
    : {
        icon: 'search',
        title: 'No mail fits these filters',
        text: 'Try fewer words, or remove a filter.',
        action: { text: 'Show all mails', href: mailPaths.list(region, box) },
      };

const EXPLANATIONS: Readonly<Record<MailStatus, string>> = {
  queued: 'It will be sent in a moment.',
  sent: 'It is sent. What it said is not kept, because it may hold links.',
  kept: 'There is no mail server (SMTP_URL), so it was not sent: it can be read here.',
  failed: 'Sending was given up.',
};

/** Text in which what looks like an address can be followed. */
const linkedHtml = (text: string): SafeHtml =>
  html`${text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}" rel="noreferrer">${part}</a>` : part))}`;

/** A mail. */
export const mailModel = (ctx: AdminContext, box: Box, mail: MailContent) => ({
  notice: { kind: stateOf(mail).kind.replace('neutral', 'info'), title: stateOf(mail).text, text: noticeOf(mail) },
  text: mail.text === undefined ? false : linkedHtml(mail.text),
  htmlHref: mail.html === undefined ? false : mailPaths.html(ctx.region, box, mail.id),
  retryAction: canRetry(ctx.actor, mail) ? mailPaths.retry(ctx.region, box, mail.id) : false,
  facts: {
    id: mail.id,
    to: mail.recipient.name === '' ? mail.recipient.email : `${mail.recipient.name} <${mail.recipient.email}>`,
    template: mail.template,
    attempts: String(mail.attempts),
    createdAt: mail.createdAt,
    sentAt: mail.sentAt ?? false,
    nextAt: mail.status === 'queued' && mail.error !== undefined ? mail.notBefore : false,
  },
});

const noticeOf = ({ status, error }: MailContent): string => {
  if (error === undefined || status === 'sent' || status === 'kept') return EXPLANATIONS[status];
  return status === 'failed' ? `${EXPLANATIONS.failed} The last answer was: ${error}` : `The last answer was: ${error}`;
};
