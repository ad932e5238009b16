import type { Kysely } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/** Drafts of documents keep all that is asked about one; those that are there keep what they have. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  await db.schema.alterTable('document_drafts').addColumn('settings', columns(engine).json).execute();
};
