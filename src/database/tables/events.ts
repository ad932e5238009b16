import type { ColumnType } from 'kysely';

/** Something that happened. */
interface EventColumns {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  request_id: string | null;
  action: string;
  subject_type: string;
  subject_id: string;
  details: string;
  address: string | null;
  /** its place among the others, given once it is committed */
  sequence: ColumnType<number | null, undefined, number>;
}

/** owner: events */
export interface AuditEventsTable extends EventColumns {
  /** the portal that it happened in, where it happened in one */
  portal_id: string | null;
}

/** owner: events; the organisation's audit trail */
export interface OrganisationEventsTable extends EventColumns {}

/** One row that counts. */
interface CounterColumns {
  id: number;
  value: number;
}

/** owner: events; one row, the last number given */
export interface AuditNumberingTable extends CounterColumns {}

/** owner: events; one row, the last number given */
export interface OrganisationNumberingTable extends CounterColumns {}

/** owner: events; one row, counting the recorded changes: what was rendered at an older value may be stale */
export interface RegionRevisionTable extends CounterColumns {}
