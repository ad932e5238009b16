import { deliverAuditLog } from '../../src/connectors/audit-log.ts';
import { createPasswords } from '../../src/connectors/passwords.ts';
import { createRateLimits } from '../../src/connectors/rate-limits.ts';
import type { Connection } from '../../src/database/connect.ts';
import { SYSTEM } from '../../src/domain/access/index.ts';
import { followIssuer } from '../../src/domain/applications/index.ts';
import type { ContextWithPorts, OrganisationContextWithPorts, OrganisationPorts } from '../../src/domain/context.ts';
import { readSections } from '../../src/rendering/markdown/index.ts';

/** The instant at which tests begin. */
export const START = new Date('2026-01-31T09:30:00.000Z');

/** A clock that stands still until it is moved. */
export const testClock = (start: Date = START): { now(): Date; advance(milliseconds: number): void } => {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
};

const SECRET_KEY = 'a secret that is long enough for a test';

/** The real connectors, with the cheapest passwords there are. */
const organisationPorts = (connection: Connection): OrganisationPorts => ({
  passwords: createPasswords({ memory: 8, passes: 1 }),
  rateLimits: createRateLimits(connection),
});

/** A context on a database, acting as the system; each reading of its clock is a millisecond later, so that order of creation is order of time. */
export const testContext = (connection: Connection, overrides: Partial<ContextWithPorts> = {}): ContextWithPorts => {
  let ticks = 0;
  return {
    db: connection.db,
    engine: connection.engine,
    region: 'us',
    actor: SYSTEM,
    now: () => new Date(START.getTime() + ticks++),
    origin: undefined,
    secretKey: SECRET_KEY,
    wakeWorker: () => undefined,
    ports: {
      ...organisationPorts(connection),
      examineSpecification: () => Promise.reject(new Error('this test reads no specification')),
      renderSpecification: () => Promise.reject(new Error('this test renders no specification')),
      compareSpecifications: () => Promise.reject(new Error('this test compares no specifications')),
      scheduleRendering: () => undefined,
      drawDiagram: () => Promise.reject(new Error('this test draws no diagram')),
      readSections: (markdown) => Promise.resolve(readSections(markdown)),
      describeSchemas: () => Promise.reject(new Error('this test reads no specification')),
      resolveCname: () => Promise.resolve([]),
      deliverAuditLog,
      sendTrial: () => Promise.reject(new Error('this test tries no API')),
      portalGuards: [],
      followIssuer,
    },
    ...overrides,
  };
};

/** A context for people and tokens. */
export const organisationContext = (
  connection: Connection,
  overrides: Partial<OrganisationContextWithPorts> = {},
): OrganisationContextWithPorts => ({
  db: connection.db,
  engine: connection.engine,
  actor: SYSTEM,
  now: () => START,
  origin: undefined,
  secretKey: SECRET_KEY,
  wakeWorker: () => undefined,
  ports: organisationPorts(connection),
  ...overrides,
});
