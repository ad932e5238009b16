import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fromBit, toBit, toInstant } from '../../database/codec.ts';
import type { Context, DeliveryOutcome } from '../context.ts';
import type { AuditWebhookId } from '../ids.ts';
import { unsealAuthorization } from './authorization.ts';
import type { LogFormat } from './destination.ts';
import type { Position } from './trail-queries.ts';
import type { AuditReplay, WebhookScope } from './webhook.ts';

/** A webhook that this process may send for now. */
export interface ClaimedWebhook {
  readonly id: AuditWebhookId;
  readonly scope: WebhookScope;
  readonly startedAt: string;
  readonly cursors: Cursors;
  readonly failures: number;
  readonly target: Target | undefined;
}

/** Where entries go, and how. */
export interface Target {
  readonly endpoint: string;
  readonly authorization: string | undefined;
  readonly logFormat: LogFormat;
  readonly skipSslVerification: boolean;
}

/** The numbers of the last events that were sent. */
export interface Cursors {
  readonly region: number;
  readonly organisation: number;
}

/** A replay that is under way. */
export interface RunningReplay extends Pick<AuditReplay, 'startAt' | 'endAt'> {
  readonly after: Position | undefined;
  readonly failures: number;
}

/** How long a process may take over one batch before another one takes its place. */
const LEASE_MS = 60_000;

const hasReplay = sql<SqlBool>`exists (select 1 from audit_replays
  where audit_replays.webhook_id = audit_webhooks.id and audit_replays.status in ('accepted', 'running'))`;

/** Whether another webhook is sending to the same destination: so that one that is slow keeps one sender busy, not all. */
const isOccupied = (now: string) => sql<SqlBool>`exists (select 1 from audit_webhooks as others
  where others.destination_id = audit_webhooks.destination_id and others.leased_until >= ${now})`;

/** Claims a webhook that has something to send and may. @param last the last numbers that were given */
export const claimWebhook = async (ctx: Context, last: Cursors): Promise<ClaimedWebhook | undefined> => {
  const now = ctx.now();
  const isFree = sql<SqlBool>`(leased_until is null or leased_until < ${toInstant(now)})`;
  const isIdle = sql<SqlBool>`not ${isOccupied(toInstant(now))}`;
  const isBehind: RawBuilder<SqlBool> = sql`(region_cursor < ${last.region}
    or (scope = 'organisation' and organisation_cursor < ${last.organisation}) or ${hasReplay})`;
  const claimed = await ctx.db
    .updateTable('audit_webhooks')
    .set({ leased_until: toInstant(new Date(now.getTime() + LEASE_MS)) })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('audit_webhooks')
        .select('id')
        .where('enabled', '=', toBit(true))
        .where(sql<SqlBool>`(next_attempt_at is null or next_attempt_at <= ${toInstant(now)})`)
        .where(isFree)
        .where(isIdle)
        .where(isBehind)
        .orderBy('last_attempt_at')
        .orderBy('id')
        .limit(1),
    )
    .where(isFree)
    .returningAll()
    .executeTakeFirst();
  if (!claimed) return undefined;
  return {
    id: claimed.id as AuditWebhookId,
    scope: claimed.scope as WebhookScope,
    startedAt: claimed.started_at ?? toInstant(now),
    cursors: { region: claimed.region_cursor, organisation: claimed.organisation_cursor },
    failures: claimed.failures,
    target: await targetOf(ctx, claimed),
  };
};

/** Where a webhook sends to, whether or not it is on; undefined where there is nothing yet. */
export const findTarget = async (ctx: Context, scope: WebhookScope): Promise<Target | undefined> => {
  const webhook = await ctx.db.selectFrom('audit_webhooks').selectAll().where('scope', '=', scope).executeTakeFirst();
  return webhook && targetOf(ctx, webhook);
};

const targetOf = async (
  ctx: Context,
  webhook: { destination_id: string | null; endpoint: string | null } & Omit<TargetRow, 'endpoint'>,
): Promise<Target | undefined> => {
  const { destination_id: id, endpoint } = webhook;
  if (id === null) return endpoint === null ? undefined : targetFromRow(ctx, { ...webhook, endpoint });
  const destination = await ctx.db.selectFrom('audit_destinations').selectAll().where('id', '=', id).executeTakeFirst();
  return destination && targetFromRow(ctx, destination);
};

interface TargetRow {
  endpoint: string;
  authorization: string | null;
  log_format: LogFormat;
  skip_ssl_verification: 0 | 1 | boolean;
}

const targetFromRow = (ctx: Context, row: TargetRow): Target => ({
  endpoint: row.endpoint,
  authorization: row.authorization === null ? undefined : unsealAuthorization(ctx, row.authorization),
  logFormat: row.log_format,
  skipSslVerification: fromBit(row.skip_ssl_verification),
});

/** Lets others send for a webhook. `cursors`: how far it has come. */
export const releaseWebhook = async (ctx: Context, id: AuditWebhookId, cursors: Partial<Cursors> = {}): Promise<void> => {
  await ctx.db
    .updateTable('audit_webhooks')
    .set({ leased_until: null, ...cursorColumns(cursors) })
    .where('id', '=', id)
    .execute();
};

const cursorColumns = ({ region, organisation }: Partial<Cursors>) => ({
  ...(region === undefined ? {} : { region_cursor: region }),
  ...(organisation === undefined ? {} : { organisation_cursor: organisation }),
});

export interface Attempt {
  readonly outcome: DeliveryOutcome;
  /** failures in a row, this one included; 0 after a success */
  readonly failures: number;
  /** when to try again; null after a success */
  readonly nextAt: string | null;
  readonly cursors?: Cursors | undefined;
}

/** Remembers what came of an attempt, and lets others send for the webhook. */
export const storeAttempt = async (ctx: Context, id: AuditWebhookId, attempt: Attempt): Promise<void> => {
  await ctx.db
    .updateTable('audit_webhooks')
    .set({
      leased_until: null,
      failures: attempt.failures,
      next_attempt_at: attempt.nextAt,
      last_attempt_at: toInstant(ctx.now()),
      last_response_code: attempt.outcome.status ?? null,
      last_response_message: attempt.outcome.message,
      ...cursorColumns(attempt.cursors ?? {}),
    })
    .where('id', '=', id)
    .execute();
};

/** The replay of a webhook that is waiting or under way. */
export const findRunningReplay = async (ctx: Context, id: AuditWebhookId): Promise<RunningReplay | undefined> => {
  const row = await ctx.db
    .selectFrom('audit_replays')
    .selectAll()
    .where('webhook_id', '=', id)
    .where('status', 'in', ['accepted', 'running'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { cursor_at: at, cursor_id, start_at: startAt, end_at: endAt, failures } = row;
  return { startAt, endAt, failures, after: at === null || cursor_id === null ? undefined : { at, id: cursor_id } };
};

export interface ReplayProgress {
  readonly status: AuditReplay['status'];
  readonly after?: Position | undefined;
  readonly failures: number;
}

export const storeReplayProgress = async (ctx: Context, id: AuditWebhookId, progress: ReplayProgress): Promise<void> => {
  const { status, after, failures } = progress;
  await ctx.db
    .updateTable('audit_replays')
    .set({
      status,
      failures,
      updated_at: toInstant(ctx.now()),
      ...(after ? { cursor_at: after.at, cursor_id: after.id } : {}),
    })
    .where('webhook_id', '=', id)
    .execute();
};
