import type { Engine } from '../database/columns.ts';
import type { Db } from '../database/connect.ts';
import { isForeignKeyViolation, isLostRace, isUniqueViolation } from '../database/errors.ts';
import type { ExaminedSpecification, RenderedSpecification } from '../rendering/pool.ts';
import type { Actor } from './access/index.ts';
import type { Issue } from './errors.ts';
import type { RegionCode } from './regions/index.ts';

/** What every use case is given first: where the data is, who acts, what time it is. */
export interface Context {
  readonly db: Db;
  readonly engine: Engine;
  readonly region: RegionCode;
  readonly actor: Actor;
  /** The current instant; the only clock of the domain. */
  readonly now: () => Date;
  /** Of the request that this act belongs to, for the audit trail. */
  readonly requestId: string | undefined;
}

/** What use cases on people and tokens are given: the organisation's database, which no region's data lives in. */
export interface OrganisationContext {
  readonly db: Db;
  readonly now: () => Date;
  /** The installation's secret: keys hashes of tokens. */
  readonly secretKey: string;
}

/** A module's veto on a deletion further down: an issue that says what is in the way, or undefined. Runs in the deleting transaction. */
export type DeletionGuard = (ctx: Context, id: string) => Promise<Issue | undefined>;

/** Resolves the CNAME records of a host name, without a trailing dot; empty when there are none. */
export type ResolveCname = (hostname: string) => Promise<string[]>;

/** The outside world, as use cases see it; filled in by `compose.ts`. Never available inside a transaction. */
export interface Ports {
  /** Reads an upload off the main thread: what it describes, or why it is refused. Fails with `unavailable` when too much is waiting. */
  readonly examineSpecification: (bytes: Buffer, name: string) => Promise<ExaminedSpecification>;
  /** The same, and makes its HTML. */
  readonly renderSpecification: (bytes: Buffer, name: string) => Promise<RenderedSpecification>;
  /** Told of a document that is to be rendered soon. Lost when the process ends: the database knows what is to be rendered. */
  readonly scheduleRendering: (region: RegionCode, contentHash: string) => void;
  readonly resolveCname: ResolveCname;
  /** Asked before a portal is deleted without force. */
  readonly portalGuards: readonly DeletionGuard[];
}

export interface ContextWithPorts extends Context {
  readonly ports: Ports;
}

/** How often a transaction is run that loses against others. */
const ATTEMPTS = 5;

/**
 * Runs acts in one transaction, given a context of its own; joins the transaction when there is one already. Only SQL may be
 * awaited inside: SQLite has one connection, and whoever waits elsewhere makes everyone wait. Where two transactions wait for each
 * other, PostgreSQL undoes one of them, which is then run again: so acts change nothing but the database.
 */
export const inTransaction = async <T>(ctx: Context, act: (ctx: Context) => Promise<T>): Promise<T> => {
  const { db, engine, region, actor, now, requestId } = ctx;
  if (db.isTransaction) return act({ db, engine, region, actor, now, requestId });
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute((transaction) => act({ db: transaction, engine, region, actor, now, requestId }));
    } catch (error) {
      if (!mayWorkAgain(error, attempt)) throw error;
    }
  }
};

/**
 * Two that wait for each other are told apart by the database, as often as it takes. A row that appeared or went between a check and
 * a write breaks a constraint once: the next time the check sees it.
 */
const mayWorkAgain = (error: unknown, attempt: number): boolean =>
  isLostRace(error) ? attempt < ATTEMPTS : attempt === 1 && (isUniqueViolation(error) || isForeignKeyViolation(error));
