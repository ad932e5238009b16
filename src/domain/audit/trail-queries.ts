import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fromJson } from '../../database/codec.ts';
import type { Context, OrganisationContext } from '../context.ts';
import type { AuditEntry } from './entry.ts';
import type { WebhookScope } from './webhook.ts';

/** How many events are sent at once at most. */
export const BATCH = 100;

/** An entry with its number among those of its trail. */
export interface NumberedEntry extends AuditEntry {
  readonly sequence: number;
}

/** Where both trails are read: the region's, and the organisation's, which may be in another database. */
export interface Trails {
  readonly region: Context;
  readonly organisation: OrganisationContext;
}

/** The last event that was sent of a replay, which goes by time. */
export interface Position {
  readonly at: string;
  readonly id: string;
}

const SHOWN = [
  ...(['id', 'at', 'actor_kind', 'actor_id', 'address', 'request_id'] as const),
  ...(['action', 'subject_type', 'subject_id', 'details', 'sequence'] as const),
] as const;

interface Row {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  address: string | null;
  request_id: string | null;
  action: string;
  subject_type: string;
  subject_id: string;
  details: string;
  sequence: number | null;
  portal_id?: string | null;
}

const toEntry = (row: Row, { region }: Context): NumberedEntry => ({
  id: row.id,
  at: row.at,
  region,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  address: row.address,
  requestId: row.request_id,
  portalId: row.portal_id ?? null,
  action: row.action,
  subjectType: row.subject_type,
  subjectId: row.subject_id,
  details: fromJson(row.details),
  sequence: row.sequence ?? 0,
});

const selectRegionEvents = ({ region }: Trails, scope: WebhookScope) =>
  region.db
    .selectFrom('audit_events')
    .select([...SHOWN, 'portal_id'])
    .$if(scope !== 'organisation', (query) => query.where('portal_id', '=', scope))
    .limit(BATCH);

const selectOrganisationEvents = ({ organisation }: Trails) =>
  organisation.db.selectFrom('organisation_events').select(SHOWN).limit(BATCH);

/** The next events of the region since an instant, by number. */
export const nextOfRegion = async (
  trails: Trails,
  scope: WebhookScope,
  { after, since }: { readonly after: number; readonly since: string },
): Promise<NumberedEntry[]> => {
  const query = selectRegionEvents(trails, scope).where('sequence', '>', after).where('at', '>=', since).orderBy('sequence');
  return (await query.execute()).map((row) => toEntry(row, trails.region));
};

/** The next events of the organisation since an instant, by number. */
export const nextOfOrganisation = async (
  trails: Trails,
  { after, since }: { readonly after: number; readonly since: string },
): Promise<NumberedEntry[]> => {
  const query = selectOrganisationEvents(trails).where('sequence', '>', after).where('at', '>=', since).orderBy('sequence');
  return (await query.execute()).map((row) => toEntry(row, trails.region));
};

/** Events of a time, by time; those of the organisation too where they belong to the scope. */
export const nextOfRange = async (
  trails: Trails,
  scope: WebhookScope,
  { startAt, endAt, after }: { readonly startAt: string; readonly endAt: string; readonly after: Position | undefined },
): Promise<AuditEntry[]> => {
  const isInRange = sql<SqlBool>`(at >= ${startAt} and at <= ${endAt} and ${isAfter(after)})`;
  const ofRegion = await selectRegionEvents(trails, scope).where(isInRange).orderBy('at').orderBy('id').execute();
  const ofOrganisation =
    scope === 'organisation' ? await selectOrganisationEvents(trails).where(isInRange).orderBy('at').orderBy('id').execute() : [];
  const entries = [...ofRegion, ...ofOrganisation].map((row) => toEntry(row, trails.region));
  return entries.sort(byTime).slice(0, BATCH);
};

const isAfter = (position: Position | undefined): RawBuilder<SqlBool> =>
  position === undefined ? sql`1 = 1` : sql`(at > ${position.at} or (at = ${position.at} and id > ${position.id}))`;

/** The order in which things happened, as far as it is known. */
export const byTime = (one: Position, other: Position): number =>
  one.at < other.at ? -1 : one.at > other.at ? 1 : one.id < other.id ? -1 : 1;
