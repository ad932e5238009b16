import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import type { RegistrationId } from '../../../src/domain/ids.ts';
import { send } from '../../support/app.ts';
import { testContext } from '../../support/context.ts';
import { freshDatabase } from '../../support/database.ts';
import { registrationScene } from '../../support/registrations.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';

const REQUESTS = 12;

const addressOf = ({ handle }: Connection): string =>
  ('postgres' in handle ? handle.postgres.options.connectionString : undefined) ?? '';

describe('two processes on one PostgreSQL', () => {
  let connection: Connection;
  const servers: ServerProcess[] = [];
  const ids: RegistrationId[] = [];
  let token: string;

  beforeAll(async () => {
    connection = await freshDatabase('postgres');
    const { addRegistration } = await registrationScene(testContext(connection, { now: () => new Date() }));
    for (let n = 1; n <= REQUESTS; n++) ids.push(await addRegistration(`Shop ${n}`));
    const env = { DATABASE_URL: addressOf(connection), SECRET_KEY: 'one secret that both processes know' };
    servers.push(await startServerProcess(env), await startServerProcess(env));
    token = servers[0]?.run('token', 'create', '--name', 'deciders').trim() ?? '';
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await connection.close();
  });

  it('decide about the same request at once: one outcome, and one of them is told of the other', async () => {
    for (const id of ids) {
      const answers = await Promise.all(
        (['approved', 'rejected'] as const).map((status, index) =>
          send(servers[index]?.port ?? 0, 'PUT', `/portico/v1/registrations/${id}/decision`, {
            token,
            json: { status, expected: 'pending' },
          }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const won = answers.find(({ status }) => status === 200)?.json.status;
      expect(answers.find(({ status }) => status === 409)?.json.detail).toContain(`this request is ${won}`);
      const stored = await connection.db.selectFrom('registrations').select('status').where('id', '=', id).executeTakeFirst();
      expect(stored?.status).toBe(won);
      const events = await connection.db
        .selectFrom('audit_events')
        .select('action')
        .where('subject_id', '=', id)
        .where('action', 'in', ['registration.approved', 'registration.rejected'])
        .execute();
      expect(events).toEqual([{ action: `registration.${won}` }]);
    }
    expect(servers.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
