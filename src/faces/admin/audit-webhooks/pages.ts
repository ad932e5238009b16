import {
  type AuditDestination,
  type AuditReplay,
  type AuditWebhookStatus,
  listAuditDestinationNames,
  type PortalWebhook,
  type WebhookScope,
  type WebhookState,
} from '../../../domain/audit/index.ts';
import type { Listed } from '../../../domain/listing.ts';
import { shownFields } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { paginate } from '../../../http/pagination.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';
import type { AdminContext } from '../context.ts';
import { timeHtml } from '../time.ts';
import { FORMAT_NAMES, REPLAY_FIELDS } from './forms.ts';
import { auditWebhookPaths } from './paths.ts';

/** How sending goes, in a word or two. */
export const stateOf = ({ enabled, isActive, lastAttemptAt }: AuditWebhookStatus) => {
  if (!enabled) return { text: 'Off', kind: 'neutral' };
  if (!isActive) return { text: 'Fails', kind: 'danger' };
  return lastAttemptAt === null ? { text: 'Nothing sent yet', kind: 'info' } : { text: 'Works', kind: 'success' };
};

const badgeHtml = (status: AuditWebhookStatus): SafeHtml => {
  const { text, kind } = stateOf(status);
  return html`<span class="badge badge-${kind}">${text}</span>`;
};

/** What the receiver answered last, or why nothing was answered. */
export const answerOf = ({ lastResponseCode, lastResponseMessage }: AuditWebhookStatus): string =>
  [lastResponseCode, lastResponseMessage].filter((part) => part !== null).join(' ');

const triedHtml = ({ lastAttemptAt }: AuditWebhookStatus): SafeHtml =>
  lastAttemptAt === null ? html`<span class="muted">Never</span>` : timeHtml(lastAttemptAt);

/** What of the organisation's webhook and the destinations is shown to who may see them. */
interface OrganisationPart {
  readonly webhook: WebhookState;
  readonly status: AuditWebhookStatus;
  readonly destinations: readonly AuditDestination[];
}

const organisationModel = ({ region }: AdminContext, { webhook, status, destinations }: OrganisationPart) => ({
  href: auditWebhookPaths.webhook(region, 'organisation'),
  state: stateOf(status),
  endpoint: webhook.endpoint ?? '',
  answer: answerOf(status),
  newHref: auditWebhookPaths.newDestination(region),
  destinations: destinations.length > 0 && {
    caption: 'Where logs can be sent',
    head: ['Name', 'Address', 'Format'].map((text) => ({ text })),
    rows: destinations.map(({ id, name, endpoint, logFormat }) => [
      { text: name, href: auditWebhookPaths.destination(region, id), header: true },
      { text: endpoint },
      { text: logFormat.toUpperCase() },
    ]),
  },
});

/** Where the audit log of the region and of its portals goes. */
export const listModel = (
  ctx: AdminContext,
  portals: Listed<PortalWebhook> | undefined,
  organisation: OrganisationPart | undefined,
) => ({
  signaturesHref: auditWebhookPaths.signatures(ctx.region),
  organisation: organisation ? organisationModel(ctx, organisation) : false,
  portals: portals !== undefined &&
    portals.items.length > 0 && {
      caption: 'Portals',
      head: ['Portal', 'State', 'Destination', 'Last try', 'Last answer'].map((text) => ({ text })),
      rows: portals.items.map(({ portalId, portalName, destinationName, status }) => [
        { text: portalName, href: auditWebhookPaths.webhook(ctx.region, portalId), header: true },
        { html: badgeHtml(status) },
        { text: destinationName ?? '' },
        { html: triedHtml(status) },
        { text: answerOf(status) },
      ]),
    },
  pagination: (portals && paginate(portals, (page) => auditWebhookPaths.list(ctx.region, { page }))) ?? false,
});

const REPLAY_STATES: Record<AuditReplay['status'], { readonly text: string; readonly kind: string }> = {
  accepted: { text: 'Waits for its turn', kind: 'info' },
  running: { text: 'Under way', kind: 'info' },
  completed: { text: 'Done', kind: 'success' },
  failed: { text: 'Given up', kind: 'danger' },
};

const minuteText = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`;

/** How far a replay has come, in parts of a hundred of its time. */
const progressOf = ({ startAt, endAt, reachedAt }: AuditReplay): number => {
  if (reachedAt === null) return 0;
  const [start, end, reached] = [startAt, endAt, reachedAt].map((at) => Date.parse(at)) as [number, number, number];
  return Math.max(0, Math.min(100, Math.round((100 * (reached - start)) / (end - start))));
};

const replayModel = (replay: AuditReplay, here: string) => {
  const { startAt, endAt, status } = replay;
  const isRunning = status === 'accepted' || status === 'running';
  const range = `${minuteText(startAt)} to ${minuteText(endAt)} (UTC)`;
  return {
    range,
    state: REPLAY_STATES[status],
    note: status === 'failed' ? 'The receiver did not take it ten times in a row. Once it works, send it again.' : '',
    updatedAt: replay.updatedAt,
    refreshHref: isRunning && here,
    progress: isRunning && {
      ...{ id: 'replay-progress', label: `Sending ${range}`, value: progressOf(replay), max: 100 },
      text: replay.reachedAt === null ? 'Nothing sent yet' : `Sent up to ${minuteText(replay.reachedAt)}`,
    },
  };
};

/** What is known of a webhook: where it sends to, how that goes, its last replay. */
interface ShownWebhook {
  readonly scope: WebhookScope;
  readonly webhook: WebhookState;
  readonly status: AuditWebhookStatus;
  readonly replay: AuditReplay | undefined;
}

const targetText = async (ctx: AdminContext, { scope, webhook }: ShownWebhook): Promise<string> => {
  if (scope === 'organisation') return webhook.endpoint ?? '';
  const names = webhook.destinationId === null ? [] : await listAuditDestinationNames(ctx);
  return names.find(({ id }) => id === webhook.destinationId)?.name ?? '';
};

/** One webhook, with the form that asks for a replay. */
export const webhookModel = async (ctx: AdminContext, shown: ShownWebhook, form: FormState) => {
  const { scope, webhook, status, replay } = shown;
  const target = await targetText(ctx, shown);
  const isReplaying = replay?.status === 'accepted' || replay?.status === 'running';
  return {
    form,
    intro:
      scope === 'organisation'
        ? 'Everything that happens in this region and in the organisation, every portal included.'
        : 'Everything that happens in this portal.',
    editHref: auditWebhookPaths.act(ctx.region, scope, 'edit'),
    testAction: target !== '' && auditWebhookPaths.act(ctx.region, scope, 'test'),
    signaturesHref: auditWebhookPaths.signatures(ctx.region),
    state: stateOf(status),
    facts: {
      target,
      format: scope === 'organisation' && target !== '' ? FORMAT_NAMES[webhook.logFormat] : '',
      sentAt: status.lastAttemptAt ?? false,
      answer: answerOf(status),
      nextAt: status.nextAttemptAt ?? false,
    },
    failure:
      status.enabled &&
      !status.isActive &&
      `The receiver did not take the last batch: ${answerOf(status)}. It is sent again until it is taken, at growing intervals; saving the settings tries at once.`,
    replay: replay ? replayModel(replay, auditWebhookPaths.webhook(ctx.region, scope)) : false,
    replayForm: status.enabled &&
      !isReplaying && {
        action: auditWebhookPaths.act(ctx.region, scope, 'replay'),
        fields: shownFields(form, REPLAY_FIELDS),
      },
  };
};
