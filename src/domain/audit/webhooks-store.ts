import type { Selectable } from 'kysely';
import { fromBit, toBit } from '../../database/codec.ts';
import type { AuditReplaysTable, AuditWebhooksTable } from '../../database/schema.ts';
import type { Context } from '../context.ts';
import type { AuditDestinationId, AuditWebhookId } from '../ids.ts';
import type { AuditReplay, AuditWebhook, AuditWebhookStatus, WebhookScope } from './webhook.ts';

const fromRow = (row: Selectable<AuditWebhooksTable>): AuditWebhook => ({
  id: row.id as AuditWebhookId,
  scope: row.scope as WebhookScope,
  enabled: fromBit(row.enabled),
  destinationId: row.destination_id as AuditDestinationId | null,
  endpoint: row.endpoint,
  logFormat: row.log_format,
  skipSslVerification: fromBit(row.skip_ssl_verification),
  updatedAt: row.updated_at,
});

const selectWebhook = (ctx: Context, scope: WebhookScope) =>
  ctx.db.selectFrom('audit_webhooks').selectAll().where('scope', '=', scope);

export const findWebhook = async (ctx: Context, scope: WebhookScope): Promise<AuditWebhook | undefined> => {
  const row = await selectWebhook(ctx, scope).executeTakeFirst();
  return row && fromRow(row);
};

/** {@link findWebhook}, held until the transaction ends. */
export const lockWebhook = async (ctx: Context, scope: WebhookScope): Promise<AuditWebhook | undefined> => {
  const row = await selectWebhook(ctx, scope)
    .$if(ctx.engine === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  return row && fromRow(row);
};

export interface WebhookSecrets {
  /** sealed; undefined leaves it as it is */
  readonly authorization: string | undefined;
  /** since when everything is sent; undefined leaves it as it is */
  readonly startedAt: string | undefined;
}

/** Stores a webhook as it is to be from now on; whatever failed before is tried at once. */
export const putWebhook = async (
  ctx: Context,
  { id, scope, ...webhook }: AuditWebhook,
  { authorization, startedAt }: WebhookSecrets,
): Promise<void> => {
  const changing = {
    enabled: toBit(webhook.enabled),
    destination_id: webhook.destinationId,
    endpoint: webhook.endpoint,
    log_format: webhook.logFormat,
    skip_ssl_verification: toBit(webhook.skipSslVerification),
    updated_at: webhook.updatedAt,
    failures: 0,
    next_attempt_at: null,
    ...(authorization === undefined ? {} : { authorization }),
    ...(startedAt === undefined ? {} : { started_at: startedAt }),
  };
  await ctx.db
    .insertInto('audit_webhooks')
    .values({
      ...changing,
      id,
      scope,
      portal_id: scope === 'organisation' ? null : scope,
      region_cursor: 0,
      organisation_cursor: 0,
    })
    .onConflict((existing) => existing.column('scope').doUpdateSet(changing))
    .execute();
};

/** What a row says of how sending goes; all null where there is no webhook. */
type StatusRow = Nullable<
  Pick<
    Selectable<AuditWebhooksTable>,
    'enabled' | 'last_attempt_at' | 'last_response_code' | 'last_response_message' | 'next_attempt_at'
  >
>;
type Nullable<Row> = { readonly [Column in keyof Row]: Row[Column] | null };

export const statusFromRow = (row: StatusRow | undefined): AuditWebhookStatus =>
  row === undefined || row.enabled === null
    ? NO_STATUS
    : {
        enabled: fromBit(row.enabled),
        isActive: row.last_attempt_at === null || isSuccess(row.last_response_code),
        lastAttemptAt: row.last_attempt_at,
        lastResponseCode: row.last_response_code,
        lastResponseMessage: row.last_response_message,
        nextAttemptAt: row.next_attempt_at,
      };

const NO_STATUS: AuditWebhookStatus = {
  enabled: false,
  isActive: false,
  lastAttemptAt: null,
  lastResponseCode: null,
  lastResponseMessage: null,
  nextAttemptAt: null,
};

export const findStatus = async (ctx: Context, scope: WebhookScope): Promise<AuditWebhookStatus> =>
  statusFromRow(await selectWebhook(ctx, scope).executeTakeFirst());

/** Whether an answer says that entries were taken. */
export const isSuccess = (status: number | null | undefined): boolean =>
  typeof status === 'number' && status >= 200 && status < 300;

const replayFromRow = (row: Selectable<AuditReplaysTable>): AuditReplay => ({
  startAt: row.start_at,
  endAt: row.end_at,
  reachedAt: row.cursor_at,
  status: row.status,
  updatedAt: row.updated_at,
});

/** The last replay of a webhook. */
export const findReplay = async (ctx: Context, scope: WebhookScope): Promise<AuditReplay | undefined> => {
  const row = await ctx.db
    .selectFrom('audit_replays')
    .innerJoin('audit_webhooks', 'audit_webhooks.id', 'audit_replays.webhook_id')
    .selectAll('audit_replays')
    .where('audit_webhooks.scope', '=', scope)
    .executeTakeFirst();
  return row && replayFromRow(row);
};

/** Puts a replay in the place of the last one. */
export const putReplay = async (ctx: Context, webhookId: AuditWebhookId, replay: AuditReplay): Promise<void> => {
  const values = {
    start_at: replay.startAt,
    end_at: replay.endAt,
    status: replay.status,
    updated_at: replay.updatedAt,
    cursor_at: null,
    cursor_id: null,
    failures: 0,
  };
  await ctx.db
    .insertInto('audit_replays')
    .values({ ...values, webhook_id: webhookId })
    .onConflict((existing) => existing.column('webhook_id').doUpdateSet(values))
    .execute();
};
