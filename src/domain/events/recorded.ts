import { fromJson } from '../../database/codec.ts';
import type { Context, OrganisationContext } from '../context.ts';
import type { PortalId } from '../ids.ts';

/** An event as it stands in the audit trail. */
export interface RecordedEvent {
  readonly id: string;
  readonly at: string;
  readonly actorKind: string;
  readonly action: string;
  readonly subjectId: string;
  readonly address: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  /** the portal that it happened in, where it happened in one */
  readonly portalId: PortalId | undefined;
}

const COLUMNS = ['id', 'at', 'actor_kind', 'action', 'subject_id', 'address', 'details'] as const;

interface EventRow {
  readonly id: string;
  readonly at: string;
  readonly actor_kind: string;
  readonly action: string;
  readonly subject_id: string;
  readonly address: string | null;
  readonly details: string;
  readonly portal_id?: string | null;
}

const toEvent = (row: EventRow): RecordedEvent => ({
  id: row.id,
  at: row.at,
  actorKind: row.actor_kind,
  action: row.action,
  subjectId: row.subject_id,
  address: row.address ?? undefined,
  details: fromJson(row.details),
  portalId: (row.portal_id ?? undefined) as PortalId | undefined,
});

/** An event of the region, for whoever follows events; undefined when it is no longer kept. */
export const findEvent = async ({ db }: Context, id: string): Promise<RecordedEvent | undefined> => {
  const row = await db
    .selectFrom('audit_events')
    .select([...COLUMNS, 'portal_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toEvent(row);
};

/** {@link findEvent} for the organisation. */
export const findOrganisationEvent = async ({ db }: OrganisationContext, id: string): Promise<RecordedEvent | undefined> => {
  const row = await db.selectFrom('organisation_events').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row && toEvent(row);
};
