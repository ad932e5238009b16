import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { compose, type Installation } from '../../../src/compose.ts';
import { readConfig } from '../../../src/config.ts';
import { type Connection, connect } from '../../../src/database/connect.ts';
import { type Grant, ORGANISATION_ADMIN, SYSTEM } from '../../../src/domain/access/index.ts';
import { getPortal } from '../../../src/domain/portals/index.ts';
import type { RegionCode } from '../../../src/domain/regions/index.ts';
import { addTeamMember } from '../../../src/domain/teams/index.ts';
import { type Answer, type RequestOptions, send } from '../../support/app.ts';
import { addDeveloper } from '../../support/developers.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { type MailServer, startMailServer } from '../../support/smtp.ts';
import type { Things } from '../matrix/run.ts';
import { createThings } from '../matrix/world.ts';
import { enterAdministration, enterPortal, type Person } from './people.ts';

/** The host on which management API and administration are. */
export const BASE_HOST = 'localhost';

/** A running installation, and who comes to it. */
export interface Target {
  /** What the attackers may touch; another portal with all that belongs to it; one of another region. */
  readonly here: Things;
  readonly there: Things;
  readonly abroad: Things;
  /** developers of the portal here: one who is attacked, and one who attacks */
  readonly victim: Person;
  readonly mallory: Person;
  /** a developer of the portal there */
  readonly outsider: Person;
  /** administrators: of everything, and of what is here */
  readonly master: Person;
  readonly warden: Person;
  readonly mails: MailServer;
  readonly databases: Readonly<Record<'us' | 'eu', Connection>>;
  readonly port: () => number;
  /** of errors, since it was started */
  readonly log: () => readonly Record<string, unknown>[];
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Sends a form as a page of the host does, with the token of who sends it. */
  form(person: Person, path: string, fields: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Answer>;
  /** Asks as somebody who is logged in. */
  as(person: Person, method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Starts the program anew with other settings. */
  restart(env: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

const contextOf = (installation: Installation, region: RegionCode) => {
  const ctx = installation.regionContext(region, SYSTEM);
  if (!ctx) throw new Error('the region is not served');
  return ctx;
};

/** Everything that somebody may do with what is here, and nothing else. */
const wardenRoles = (here: Things): Grant[] =>
  (
    [
      ['product', 'Admin', 'product'],
      ['portal', 'Admin', 'portal'],
      ['auth-strategy', 'Maintainer', 'strategy'],
      ['control-plane', 'Admin', 'plane'],
    ] as const
  ).map(([entityType, role, name]) => ({ entityType, role, entityId: String(here[name]) }));

const populate = async (installation: Installation) => {
  await installation.prepare();
  const { organisation } = installation;
  const [us, eu] = [contextOf(installation, 'us'), contextOf(installation, 'eu')];
  const here = await createThings({ ctx: us, installation });
  const there = await createThings({ ctx: us, installation }, '-2');
  const abroad = await createThings({ ctx: eu, installation }, '-3');
  await addTeamMember(us, { portalId: here['portal'] as never, teamId: here['team'] as never }, here['otherDeveloper'] as never);
  const portal = await getPortal(us, here['portal'] as never);
  for (const status of ['pending', 'rejected', 'revoked'] as const)
    await addDeveloper(us, portal, { email: `${status}@example.com`, status });
  return {
    here,
    there,
    abroad,
    victim: await enterPortal(us, here, here['developer'], 'consumer@example.com'),
    mallory: await enterPortal(us, here, here['otherDeveloper'], 'other@example.com'),
    outsider: await enterPortal(us, there, there['developer'], 'consumer@example.com'),
    master: await enterAdministration(organisation, us, 'master@example.org', [ORGANISATION_ADMIN]),
    warden: await enterAdministration(organisation, us, 'warden@example.org', wardenRoles(here)),
  };
};

/** An installation with two regions, portals, people and things, served by the built program. `program`: another build. */
export const startTarget = async (program: string | undefined): Promise<Target> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'portico-attacks-'));
  const mails = await startMailServer();
  const env = {
    ...{ DATA_DIR: dataDir, SMTP_URL: mails.url, SECRET_KEY: randomBytes(32).toString('hex'), REGIONS: 'us,eu' },
    ...{ BASE_URL: `http://${BASE_HOST}`, LOG_LEVEL: 'error', RATE_LIMIT_FACTOR: '0', RENDERING_PROCESSES: '1' },
    ...{ PASSWORD_MEMORY_KIB: '8', PASSWORD_PASSES: '1' },
  };
  const installation = await compose(readConfig(env), { log: pino({ level: 'silent' }) });
  const world = await populate(installation).finally(() => installation.close());
  let server: ServerProcess = await startServerProcess(env, [], program);
  const open = (name: string): Connection => connect(path.join(dataDir, name), { poolSize: 1 });
  const databases = { us: open('portico.sqlite'), eu: open('portico-eu.sqlite') };
  const request: Target['request'] = (method, target, options) =>
    send(server.port, method, target, { host: BASE_HOST, ...options });
  const as: Target['as'] = ({ host, cookie }, method, target, { headers, ...options } = {}) =>
    request(method, target, { host, headers: { cookie, ...headers }, ...options });
  return {
    ...world,
    mails,
    databases,
    port: () => server.port,
    log: () => server.errors,
    request,
    as,
    form: (person, target, fields, headers) =>
      as(person, 'POST', target, {
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({ _csrf: person.csrf, ...fields }).toString(),
      }),
    restart: async (changes) => {
      await server.stop();
      server = await startServerProcess({ ...env, ...changes }, [], program);
    },
    close: async () => {
      await server.stop();
      await Promise.all([mails.close(), databases.us.close(), databases.eu.close()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
