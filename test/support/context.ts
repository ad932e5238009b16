import type { Connection } from '../../src/database/connect.ts';
import { SYSTEM } from '../../src/domain/access/index.ts';
import type { ContextWithPorts, OrganisationContext } from '../../src/domain/context.ts';

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

/** A context on a database, acting as the system; each reading of its clock is a millisecond later, so that order of creation is order of time. */
export const testContext = (connection: Connection, overrides: Partial<ContextWithPorts> = {}): ContextWithPorts => {
  let ticks = 0;
  return {
    db: connection.db,
    engine: connection.engine,
    region: 'us',
    actor: SYSTEM,
    now: () => new Date(START.getTime() + ticks++),
    requestId: undefined,
    ports: {
      examineSpecification: () => Promise.reject(new Error('this test reads no specification')),
      renderSpecification: () => Promise.reject(new Error('this test renders no specification')),
      scheduleRendering: () => undefined,
      resolveCname: () => Promise.resolve([]),
      portalGuards: [],
    },
    ...overrides,
  };
};

/** A context for people and tokens. */
export const organisationContext = (
  connection: Connection,
  overrides: Partial<OrganisationContext> = {},
): OrganisationContext => ({
  db: connection.db,
  now: () => START,
  secretKey: 'a secret that is long enough for a test',
  ...overrides,
});
