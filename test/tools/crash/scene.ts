import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { compose } from '../../../src/compose.ts';
import { readConfig } from '../../../src/config.ts';
import type { Engine } from '../../../src/database/columns.ts';
import { connect } from '../../../src/database/connect.ts';
import { SYSTEM } from '../../../src/domain/access/index.ts';
import {
  createOrganisationAdmin,
  findAdministratorSession,
  logInAdministrator,
} from '../../../src/domain/administrators/index.ts';
import type { OrganisationContextWithPorts } from '../../../src/domain/context.ts';
import type { AuthStrategyId, VersionId } from '../../../src/domain/ids.ts';
import { hashSecret } from '../../../src/domain/secrets/index.ts';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { addDeveloper, signedIn, signIn } from '../../support/developers.ts';
import type { PostgresServer } from '../../support/postgres-server.ts';
import { registrationScene } from '../../support/registrations.ts';

/** Whoever decides about requests, and so hears of them. */
export const APPROVER = 'approver@example.org';

const APPROVER_PASSWORD = 'four harbours in the fog';

/** Somebody who is logged in: what their browser sends, and the token of their forms. */
export interface LoggedIn {
  readonly cookie: string;
  readonly csrf: string;
}

/** An installation with a portal, a version that takes registrations, developers who are signed in, and somebody who decides. */
export interface Scene {
  readonly engine: Engine;
  /** the settings of the processes that serve it */
  readonly env: Record<string, string>;
  readonly database: string;
  readonly host: string;
  readonly token: string;
  readonly versionId: VersionId;
  /** of the version's applications */
  readonly strategyId: AuthStrategyId;
  readonly developers: readonly (LoggedIn & { readonly email: string })[];
  /** in the administration */
  readonly approver: LoggedIn;
}

const newDatabase = async (engine: Engine, postgres: PostgresServer, dataDir: string): Promise<string> => {
  if (engine === 'sqlite') return path.join(dataDir, 'portico.sqlite');
  const name = `crash_${randomBytes(6).toString('hex')}`;
  const admin = connect(postgres.url('postgres'), { poolSize: 1 });
  await sql`create database ${sql.id(name)}`.execute(admin.db);
  await admin.close();
  return postgres.url(name);
};

const logApproverIn = async (organisation: OrganisationContextWithPorts): Promise<LoggedIn> => {
  const browser = { userAgent: 'Test/1.0', device: undefined };
  const { secret } = await logInAdministrator(organisation, { email: APPROVER, password: APPROVER_PASSWORD }, browser);
  const session = await findAdministratorSession(organisation, secret);
  return { cookie: `portico_admin=${secret}`, csrf: hashSecret(organisation, 'csrf', session?.id ?? '') };
};

export const prepareScene = async (
  engine: Engine,
  postgres: PostgresServer,
  smtpUrl: string,
  developerCount: number,
): Promise<Scene> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'portico-crash-'));
  const database = await newDatabase(engine, postgres, dataDir);
  const env = {
    ...{ DATA_DIR: dataDir, DATABASE_URL: database, SMTP_URL: smtpUrl, SECRET_KEY: randomBytes(32).toString('hex') },
    ...{ BASE_URL: 'http://localhost', LOG_LEVEL: 'error', RATE_LIMIT_FACTOR: '0', RENDERING_PROCESSES: '1' },
    ...{ PASSWORD_MEMORY_KIB: '8', PASSWORD_PASSES: '1' },
  };
  const installation = await compose(readConfig(env), { log: pino({ level: 'silent' }) });
  try {
    await installation.prepare();
    const ctx = installation.regionContext('us', SYSTEM);
    if (!ctx) throw new Error('the region is not served');
    const { portal, version, strategy } = await registrationScene(ctx);
    await createOrganisationAdmin(installation.organisation, {
      ...{ email: APPROVER, name: 'Approver', password: APPROVER_PASSWORD },
    });
    const { secret: token } = await createToken(installation.organisation, { name: 'crash' });
    const developers: Scene['developers'][number][] = [];
    for (let n = 1; n <= developerCount; n++) {
      const email = `developer-${n}@example.com`;
      await addDeveloper(ctx, portal, { email });
      const tokens = await signIn(ctx, portal, email);
      const session = await signedIn(ctx, portal, tokens, 'page');
      developers.push({ email, cookie: tokens.cookie, csrf: hashSecret(ctx, 'csrf', session?.sessionId ?? '') });
    }
    return {
      engine,
      env,
      database,
      host: portal.defaultDomain,
      token,
      versionId: version.id,
      strategyId: strategy.id,
      developers,
      approver: await logApproverIn(installation.organisation),
    };
  } finally {
    await installation.close();
  }
};
