import type { Engine } from '../database/columns.ts';
import type { Db } from '../database/connect.ts';
import { isForeignKeyViolation, isLostRace, isUniqueViolation } from '../database/errors.ts';

import type { DiagramSource, DrawnDiagram } from '../rendering/diagrams/diagram.ts';

import type { DocumentSection } from '../rendering/markdown/index.ts';
import type { Comparison } from '../rendering/openapi/changes/index.ts';
import type { SchemaSummary } from '../rendering/openapi/schema-summaries.ts';

import type { SpecFormat } from '../rendering/openapi/types.ts';
import type { ExaminedSpecification, RenderedSpecification } from '../rendering/pool.ts';
import type { Actor } from './access/index.ts';
import type { Issue } from './errors.ts';
import type { AuthStrategyId } from './ids.ts';
import type { RegionCode } from './regions/index.ts';

/** What every use case is given first: where the data is, who acts, what time it is. */
export interface Context {
  readonly db: Db;
  readonly engine: Engine;
  readonly region: RegionCode;
  readonly actor: Actor;
  /** The current instant; the only clock of the domain. */
  readonly now: () => Date;
  /** The request that this act belongs to; undefined for acts of the program itself. */
  readonly origin: RequestOrigin | undefined;
  /** The installation's secret; see `domain/secrets`. */
  readonly secretKey: string;
  /** Tells the worker that something is in the outbox; inside a transaction it is told once that is over. */
  readonly wakeWorker: () => void;
}

/** Where an act comes from, for the audit trail. */
export interface RequestOrigin {
  readonly requestId: string;
  /** the address of the client, as far as it is known */
  readonly address: string | undefined;
}

/** What use cases on people, their teams, roles and tokens are given: the organisation's database, which no region's data lives in. */
export type OrganisationContext = Omit<Context, 'region'>;

/** A module's veto on a deletion further down: an issue that says what is in the way, or undefined. Runs in the deleting transaction. */
export type DeletionGuard = (ctx: Context, id: string) => Promise<Issue | undefined>;

/**
 * Told, in the transaction that changes it, by which issuer the applications of a strategy are known from now on; null: by none.
 * Throws conflict where that cannot be.
 */
export type FollowIssuer = (ctx: Context, strategyId: AuthStrategyId, issuer: string | null) => Promise<void>;

/** Resolves the CNAME records of a host name, without a trailing dot; empty when there are none. */
export type ResolveCname = (hostname: string) => Promise<string[]>;

/** Entries of the audit log on their way to where an administrator wants them. */
export interface AuditDelivery {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly verifyCertificate: boolean;
}

/** What came of a delivery: the status and reason of the answer; no status when nothing was answered, and then why. */
export interface DeliveryOutcome {
  readonly status: number | undefined;
  readonly message: string;
}

/** Sends entries of the audit log. Never fails: what went wrong is an outcome too. */
export type DeliverAuditLog = (delivery: AuditDelivery) => Promise<DeliveryOutcome>;

/** A request of the console, to a server that a specification names. */
export interface Trial {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
}

/** What came of a trial: an answer, whichever, or the reason why there is none. */
export type TrialOutcome =
  | {
      readonly answered: true;
      readonly status: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: Buffer;
      readonly milliseconds: number;
    }
  | { readonly answered: false; readonly reason: string; readonly message: string };

/** Sends requests of the console, to public addresses and to those that the installation allows. Never fails: what went wrong is an outcome too. */
export type SendTrial = (trial: Trial) => Promise<TrialOutcome>;

/** Hashes passwords, and judges new ones; slow on purpose, off the main thread. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether a password is the one that was hashed; takes as long where there is no hash. */
  verify(hash: string | null | undefined, password: string): Promise<boolean>;
  /**
   * Why a new password is not good enough, as a sentence for whoever chose it; undefined when it is.
   * @param personal what an attacker would try first: name, address
   */
  weakness(password: string, personal: readonly string[]): Promise<string | undefined>;
}

/** What is counted, per account or per address of a client. */
export type RateLimit =
  | 'log-in of an account'
  | 'log-in from an address'
  | 'sign-up from an address'
  | 'mail to an account'
  | 'mail from an address'
  | 'link from an address'
  | 'second factor of an account'
  | 'console of a developer'
  | 'console from an address';

/** Counts attempts across all processes. */
export interface RateLimits {
  /** Counts one attempt. @throws rate-limited when there were too many */
  count(limit: RateLimit, key: string): Promise<void>;
  /** Begins anew, after a success. */
  forget(limit: RateLimit, key: string): Promise<void>;
}

/** A document that was accepted once, as it is stored. */
export interface StoredDocument {
  readonly contentHash: string;
  /** Its bytes, gzipped. */
  readonly packed: Buffer;
  readonly format: SpecFormat;
}

/** The outside world, as use cases of the organisation see it. */
export interface OrganisationPorts {
  readonly passwords: Passwords;
  readonly rateLimits: RateLimits;
}

/** The outside world, as use cases see it; filled in by `compose.ts`. Never available inside a transaction. */
export interface Ports extends OrganisationPorts {
  /** Reads an upload off the main thread: what it describes, or why it is refused. Fails with `unavailable` when too much is waiting. */
  readonly examineSpecification: (bytes: Buffer, name: string) => Promise<ExaminedSpecification>;
  /** The same, and makes its HTML. */
  readonly renderSpecification: (bytes: Buffer, name: string) => Promise<RenderedSpecification>;
  /**
   * Finds out what differs between two documents, off the main thread; undefined where they are too much for it. Fails with `unavailable` when
   * too much is waiting.
   */
  readonly compareSpecifications: (before: StoredDocument, after: StoredDocument) => Promise<Comparison | undefined>;
  /** Told of a document that is to be rendered soon. Lost when the process ends: the database knows what is to be rendered. */
  readonly scheduleRendering: (region: RegionCode, contentHash: string) => void;
  /** Draws a diagram off the main thread. Fails with `unavailable` when too much is waiting. */
  readonly drawDiagram: (diagram: DiagramSource) => Promise<DrawnDiagram>;
  /** Cuts a document into sections; a long one off the main thread. */
  readonly readSections: (markdown: string) => Promise<readonly DocumentSection[]>;
  /** Reads the schemas of a specification off the main thread: none of one that cannot be read. Fails with `unavailable` when too much is waiting. */
  readonly describeSchemas: (bytes: Buffer, name: string) => Promise<readonly SchemaSummary[]>;
  readonly resolveCname: ResolveCname;
  readonly deliverAuditLog: DeliverAuditLog;
  readonly sendTrial: SendTrial;
  /** Asked before a portal is deleted without force. */
  readonly portalGuards: readonly DeletionGuard[];
  /** Told of a strategy's new issuer. */
  readonly followIssuer: FollowIssuer;
}

export interface ContextWithPorts extends Context {
  readonly ports: Ports;
}

export interface OrganisationContextWithPorts extends OrganisationContext {
  readonly ports: OrganisationPorts;
}

/** How often a transaction is run that loses against others. */
const ATTEMPTS = 5;

/** A context without the outside world: inside a transaction there is only the database. */
export type Inside<C> = Omit<C, 'ports'>;

/**
 * Runs acts in one transaction, given a context of its own; joins the transaction when there is one already. Only SQL may be
 * awaited inside: SQLite has one connection, and whoever waits elsewhere makes everyone wait. Where two transactions wait for each
 * other, PostgreSQL undoes one of them, which is then run again: so acts change nothing but the database.
 */
export const inTransaction = async <C extends Pick<Context, 'db' | 'wakeWorker'>, T>(
  ctx: C,
  act: (ctx: Inside<C>) => Promise<T>,
): Promise<T> => {
  const { ports: _outside, ...inside } = ctx as C & { ports?: unknown };
  if (ctx.db.isTransaction) return act(inside);
  for (let attempt = 1; ; attempt++) {
    let leftWork = false;
    const wakeWorker = (): void => {
      leftWork = true;
    };
    try {
      const result = await ctx.db.transaction().execute((db) => act({ ...inside, db, wakeWorker }));
      if (leftWork) ctx.wakeWorker();
      return result;
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
