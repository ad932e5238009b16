import { type AuditLogQuery, type AuditRecord, listAuditLog, mayReadAuditLog } from '../../../domain/audit/index.ts';
import { auditPaths } from '../audit/paths.ts';
import { actionText, actorText, nameText } from '../audit/words.ts';
import type { AdminContext } from '../context.ts';

const SHOWN = 8;

const latest = async (ctx: AdminContext, of: AuditLogQuery['of']): Promise<readonly AuditRecord[]> =>
  mayReadAuditLog(ctx.actor, of)
    ? (await listAuditLog({ region: ctx, organisation: ctx.organisation }, { of, size: SHOWN })).items
    : [];

/** What was done last, of the region and of the organisation, as far as the administrator may read it; false where that is nothing. */
export const changesSection = async (ctx: AdminContext) => {
  const of = ['region', 'organisation'] as const;
  if (!of.some((part) => mayReadAuditLog(ctx.actor, part))) return false;
  const found = await Promise.all(of.map(async (part) => (await latest(ctx, part)).map((record) => ({ part, record }))));
  const items = found
    .flat()
    .sort((one, other) => (one.record.at < other.record.at ? 1 : -1))
    .slice(0, SHOWN);
  return {
    href: auditPaths.list(ctx.region),
    items: items.map(({ part, record }) => ({
      what: actionText(record.action),
      subject: nameText(record.subject),
      who: actorText(record.actor),
      at: record.at,
      href: auditPaths.record(ctx.region, record.id, part === 'region' ? {} : { log: part }),
    })),
  };
};
