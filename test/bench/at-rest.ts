import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, connect } from '../../src/database/connect.ts';
import { REFERENCE_RENDERER_VERSION } from '../../src/rendering/openapi/types.ts';

const PATIENCE_MS = 300_000;

/**
 * Waits until a server has done all that follows from what it was given: events followed, search index written, references rendered.
 * What is measured before that is a server with half of a machine.
 * @throws Error when that takes more than five minutes
 */
export const untilAtRest = async (dataDir: string): Promise<void> => {
  const connection = connect(path.join(dataDir, 'portico.sqlite'));
  try {
    for (const end = Date.now() + PATIENCE_MS; await isBusy(connection); await pause(500))
      if (Date.now() > end) throw new Error(`${dataDir}: not at rest after ${PATIENCE_MS / 1000} seconds`);
  } finally {
    await connection.close();
  }
};

const isBusy = async ({ db }: Connection): Promise<boolean> => {
  const job = await db.selectFrom('outbox').select('id').executeTakeFirst();
  const due = await db.selectFrom('search_due').select('subject_id').executeTakeFirst();
  const rendering = await db
    .selectFrom('specification_renderings')
    .select('content_hash')
    .where('renderer_version', '<', REFERENCE_RENDERER_VERSION)
    .where('refused_by', '<', REFERENCE_RENDERER_VERSION)
    .executeTakeFirst();
  return job !== undefined || due !== undefined || rendering !== undefined;
};
