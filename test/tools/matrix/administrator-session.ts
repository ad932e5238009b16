import type { OrganisationContext } from '../../../src/domain/context.ts';
import { type AdministratorId, newId, type SessionId } from '../../../src/domain/ids.ts';
import { hashSecret, newSecret } from '../../../src/domain/secrets/index.ts';

/** Logs somebody in, without a password. */
export const openSession = async (organisation: OrganisationContext, administratorId: AdministratorId) => {
  const [session, sessionId, now] = [newSecret(), newId<SessionId>(organisation.now()), organisation.now()];
  await organisation.db.updateTable('administrators').set({ status: 'active' }).where('id', '=', administratorId).execute();
  await organisation.db
    .insertInto('administrator_sessions')
    .values({
      id: sessionId,
      administrator_id: administratorId,
      hash: hashSecret(organisation, 'administrator session', session),
      second_factor: 1,
      created_at: now.toISOString(),
      last_used_at: now.toISOString(),
      expires_at: new Date(now.getTime() + 86_400_000).toISOString(),
    })
    .execute();
  return { session, sessionId };
};
