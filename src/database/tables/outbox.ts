import type { Fixed } from '../schema-values.ts';

/** Something to be done. */
interface JobColumns {
  id: Fixed<string>;
  kind: string;
  /** jobs of one subject are done in their order */
  subject_id: string;
  payload: string;
  created_at: Fixed<string>;
  not_before: string;
  attempts: number;
  error: string | null;
}

/** owner: outbox; what follows from a change, done after it */
export interface OutboxTable extends JobColumns {}

/** owner: outbox; what follows from a change of the organisation's */
export interface OrganisationOutboxTable extends JobColumns {}
