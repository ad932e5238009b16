import { type AuditLogPage, type AuditRecord, type Mention, mayReadAuditLog } from '../../../domain/audit/index.ts';
import type { PortalDetails } from '../../../domain/portals/index.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';
import type { AdminContext } from '../context.ts';
import { filtersText } from '../filters.ts';
import { auditPaths } from './paths.ts';
import { type AuditView, auditQuery, isWhole } from './query.ts';
import { mentionHtml, placeOf } from './things.ts';
import {
  actionText,
  actorText,
  detailText,
  fieldText,
  nameText,
  ORGANISATION_SUBJECTS,
  REGION_SUBJECTS,
  valueHtml,
} from './words.ts';

const momentHtml = (at: string): SafeHtml =>
  html`<time class="nowrap" datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 19)}</time>`;

const hrefOf = ({ region }: AdminContext, view: AuditView): string => auditPaths.list(region, auditQuery(view));

/** The same part of the log, from its youngest event on. */
const narrowed = (view: AuditView, more: Partial<AuditView>): AuditView => ({ ...view, before: undefined, ...more });

const actorHtml = (ctx: AdminContext, view: AuditView, { actor }: AuditRecord): SafeHtml => {
  const text = actorText(actor);
  if (actor.id === null) return html`<span class="muted">${text}</span>`;
  return html`<a href="${hrefOf(ctx, narrowed(view, { actorId: actor.id }))}" title="What else they did">${text}</a>`;
};

/** What an event is about: what it is called, or for a role, what it is and on what. */
const subjectText = ({ subject, details }: AuditRecord): string =>
  subject.name === undefined && typeof details['role'] === 'string' && subject.type.endsWith('role')
    ? details['role']
    : nameText(subject);

const subjectHtml = (ctx: AdminContext, view: AuditView, record: AuditRecord): SafeHtml =>
  html`<a href="${hrefOf(ctx, narrowed(view, { subjectId: record.subject.id }))}" title="What else was done to it">${subjectText(record)}</a>`;

const tableOf = (ctx: AdminContext, view: AuditView, records: readonly AuditRecord[]) => {
  const isRegion = view.log === 'region';
  const head = ['When (UTC)', 'What', 'To what', 'Who', ...(isRegion ? ['Portal'] : []), 'From'];
  return {
    caption: 'Audit log',
    head: head.map((text) => ({ text })),
    rows: records.map((record) => [
      { html: momentHtml(record.at) },
      {
        html: html`<a class="row-name" href="${auditPaths.record(ctx.region, record.id, { log: auditQuery(view)['log'] })}">${actionText(record.action)}</a>`,
        header: true,
        long: true,
      },
      { html: subjectHtml(ctx, view, record) },
      { html: actorHtml(ctx, view, record) },
      ...(isRegion ? [{ text: record.portal ? nameText(record.portal) : '' }] : []),
      { text: record.address ?? '' },
    ]),
  };
};

const whatOptions = (view: AuditView) => {
  const subjects = view.log === 'region' ? REGION_SUBJECTS : ORGANISATION_SUBJECTS;
  const chosen = view.what.includes('.') ? [{ value: view.what, text: actionText(view.what) }] : [];
  return [{ value: '', text: 'Everything' }, ...chosen, ...Object.entries(subjects).map(([value, text]) => ({ value, text }))];
};

const filtersOf = (ctx: AdminContext, view: AuditView, portals: readonly PortalDetails[]) => {
  const field = (name: string, label: string, type: string, value: string, more: object = {}) => ({
    ...{ id: `filter-${name}`, name, label, type, value },
    ...more,
  });
  return {
    action: auditPaths.list(ctx.region),
    label: 'Filter the audit log',
    fold: filtersText(view.what, view.portalId, view.from, view.until),
    fields: [
      field('what', 'What', 'select', view.what, { options: whatOptions(view) }),
      ...(view.log === 'region' && portals.length > 0
        ? [
            field('portal', 'Portal', 'select', view.portalId ?? '', {
              options: [{ value: '', text: 'All' }, ...portals.map(({ id, name }) => ({ value: id, text: name }))],
            }),
          ]
        : []),
      field('from', 'From', 'date', view.from),
      field('until', 'Until', 'date', view.until),
    ],
    hidden: [
      ...(view.log === 'region' ? [] : [{ name: 'log', value: view.log }]),
      ...(view.actorId === undefined ? [] : [{ name: 'actor', value: view.actorId }]),
      ...(view.subjectId === undefined ? [] : [{ name: 'subject', value: view.subjectId }]),
    ],
    clearHref: isWhole(view) ? false : auditPaths.list(ctx.region, { log: auditQuery(view)['log'] }),
  };
};

/** Conditions that have no field: those that a row led to. */
const activeOf = (ctx: AdminContext, view: AuditView, [first]: readonly AuditRecord[]) => [
  ...(view.actorId === undefined
    ? []
    : [
        {
          key: 'By',
          value: first ? actorText(first.actor) : 'somebody',
          removeHref: hrefOf(ctx, narrowed(view, { actorId: undefined })),
        },
      ]),
  ...(view.subjectId === undefined
    ? []
    : [
        {
          key: 'To',
          value: first ? nameText(first.subject) : 'something',
          removeHref: hrefOf(ctx, narrowed(view, { subjectId: undefined })),
        },
      ]),
];

/** The region's log and the organisation's, for who may read both. */
const tabsOf = ({ actor, region }: AdminContext, view: AuditView) =>
  mayReadAuditLog(actor) && mayReadAuditLog(actor, 'organisation')
    ? {
        label: 'Audit logs',
        items: [
          { label: 'This region', href: auditPaths.list(region), current: view.log === 'region' },
          { label: 'Organisation', href: auditPaths.list(region, { log: 'organisation' }), current: view.log === 'organisation' },
        ],
      }
    : false;

const EMPTY = {
  icon: 'list',
  title: 'Nothing has happened yet',
  text: 'Everything that administrators and developers change, and every log-in, is listed here.',
};

const NOTHING_FITS = {
  icon: 'search',
  title: 'Nothing that happened fits these filters',
  text: 'Choose other days, or remove a filter.',
};

/** A part of the audit log. */
export const listModel = (
  ctx: AdminContext,
  view: AuditView,
  { items, hasMore }: AuditLogPage,
  portals: readonly PortalDetails[],
) => ({
  tabs: tabsOf(ctx, view),
  filters: filtersOf(ctx, view, portals),
  active: activeOf(ctx, view, items),
  exportHref: items.length > 0 ? auditPaths.export(ctx.region, auditQuery({ ...view, before: undefined })) : false,
  table: items.length > 0 ? tableOf(ctx, view, items) : false,
  empty: items.length === 0 ? (isWhole(view) ? EMPTY : NOTHING_FITS) : false,
  newestHref: view.before === undefined ? false : hrefOf(ctx, narrowed(view, {})),
  olderHref: hasMore ? hrefOf(ctx, { ...view, before: items.at(-1)?.id }) : false,
});

interface Change {
  readonly before: unknown;
  readonly after: unknown;
}

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' && value !== null && 'before' in value && 'after' in value;

type FindMention = (fieldOrType: string, id: string) => Mention | undefined;

/** One event: what it says of before and after, and whatever else it says. `find`: what is known of the ids in it. */
export const recordModel = (ctx: AdminContext, record: AuditRecord, view: AuditView, find: FindMention) => {
  const shown = (field: string, value: unknown): SafeHtml =>
    valueHtml(value, (text) => {
      const mention = find(field, text);
      return mention && mentionHtml(ctx, mention);
    });
  const { changed, ...others } = record.details;
  const changes = typeof changed === 'object' && changed !== null && !Array.isArray(changed) ? Object.entries(changed) : [];
  const both = changes.filter((entry): entry is [string, Change] => isChange(entry[1]));
  const rest = [
    ...Object.entries(others),
    ...(both.length === 0 && changed !== undefined ? [['changed', changed] as const] : []),
  ];
  return {
    facts: {
      at: record.at,
      who: actorText(record.actor),
      actorId: record.actor.id ?? '',
      actorHref: record.actor.id === null ? false : hrefOf(ctx, narrowed(view, { actorId: record.actor.id })),
      action: record.action,
      actorPlace: record.actor.id !== null && placeOf(ctx, find(record.actor.kind, record.actor.id)),
      subject: subjectText(record),
      subjectPlace: placeOf(ctx, find(record.subject.type, record.subject.id)),
      subjectId: record.subject.id,
      subjectHref: hrefOf(ctx, narrowed(view, { subjectId: record.subject.id })),
      portal: record.portal ? nameText(record.portal) : '',
      portalPlace: record.portal !== undefined && placeOf(ctx, find('portal', record.portal.id)),
      address: record.address ?? '',
      requestId: record.requestId ?? '',
    },
    changes: both.length > 0 && {
      caption: 'What changed',
      head: ['Setting', 'Before', 'After'].map((text) => ({ text })),
      rows: both.map(([field, { before, after }]) => [
        { text: fieldText(field), header: true },
        { html: shown(field, before) },
        { html: shown(field, after) },
      ]),
    },
    details: rest.map(([field, value]) => ({ field: detailText(field), value: shown(field, value) })),
  };
};
