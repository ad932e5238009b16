import { Resolver } from 'node:dns/promises';
import path from 'node:path';
import { destination, type Logger, pino } from 'pino';
import { backgroundWork } from './adapters/background-work.ts';
import { specificationComparer } from './adapters/compare-specifications.ts';
import { schemaReader, sectionReader } from './adapters/read-for-search.ts';
import { createReferenceRenderer, type ReferenceRenderer } from './adapters/reference-renderer.ts';
import type { Config } from './config.ts';
import { deliverAuditLog } from './connectors/audit-log.ts';
import { createTrialSender } from './connectors/console.ts';
import { createMailDelivery } from './connectors/mail/index.ts';
import { createPasswords } from './connectors/passwords.ts';
import { createRateLimits } from './connectors/rate-limits.ts';
import { type Connection, connect } from './database/connect.ts';
import { isUnavailable } from './database/errors.ts';
import { migrate } from './database/migrate.ts';
import { type Actor, SYSTEM } from './domain/access/index.ts';
import { followIssuer } from './domain/applications/index.ts';
import { ensureDefaultAuthStrategy } from './domain/auth-strategies/index.ts';
import type { ContextWithPorts, OrganisationContextWithPorts, Ports, RequestOrigin } from './domain/context.ts';
import { guardDevelopers } from './domain/developers/index.ts';
import { unavailable } from './domain/errors.ts';
import type { RegionCode } from './domain/regions/index.ts';
import { createWorker, type Worker } from './jobs/worker.ts';
import type { DiagramSource, DrawnDiagram } from './rendering/diagrams/diagram.ts';
import { createMailComposer } from './rendering/mail/compose-mail.ts';
import { DEFAULT_INGEST_LIMITS } from './rendering/openapi/ingest/index.ts';
import { createRenderingPool, RenderingError, type RenderingPool } from './rendering/pool.ts';
import { secretKeyOf } from './secrets.ts';

/** Everything that runs, put together from the settings. */
export interface Installation {
  readonly config: Config;
  readonly log: Logger;
  /** The organisation's context, acting as the program itself. */
  readonly organisation: OrganisationContextWithPorts;
  /** The context of use cases of the organisation. */
  organisationContext(actor: Actor, origin?: RequestOrigin): OrganisationContextWithPorts;
  readonly regions: readonly RegionCode[];
  /** The context of use cases in a region; undefined when the region is not served. */
  regionContext(region: RegionCode, actor: Actor, origin?: RequestOrigin): ContextWithPorts | undefined;
  /** The revision of a region's data: unchanged as long as nothing was recorded there. */
  revision(region: RegionCode): number | Promise<number>;
  /** Brings every database up to date; answers what was applied. */
  migrate(): Promise<string[]>;
  /** Migrates, and adds what every region has from the start; safe to repeat. */
  prepare(): Promise<void>;
  /** What follows from changes, and what is done every now and then; `serve` starts it. */
  readonly worker: Worker;
  /** Child processes for heavy work. */
  readonly pool: RenderingPool;
  /** What makes references of specifications in the background; begins with what is left over when it is started. */
  readonly references: ReferenceRenderer;
  /** Fails when a database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface ComposeOptions {
  readonly now?: () => Date;
  readonly log?: Logger;
  readonly ports?: Partial<Ports>;
  /** How long a page waits for its reference to be rendered, in milliseconds. */
  readonly patienceMs?: number;
  /** Makes the pools of processes for heavy work, where they are not the installation's own. */
  readonly createPool?: typeof createRenderingPool;
  /** Databases that are open already, by address; `close` leaves them to their owner. */
  readonly connections?: ReadonlyMap<string, Connection>;
}

/** Puts an installation together: opens its databases, makes its connectors. Nothing listens yet, nothing is migrated yet. */
export const compose = async (config: Config, options: ComposeOptions = {}): Promise<Installation> => {
  const log = options.log ?? pino({ level: config.logLevel, timestamp: pino.stdTimeFunctions.isoTime }, destination(1));
  const now = options.now ?? (() => new Date());
  const secretKey = await secretKeyOf(config);
  const opened = new Map<string, Connection>();
  const open = (address: string): Connection => {
    const connection =
      options.connections?.get(address) ??
      opened.get(address) ??
      connect(address, { poolSize: config.databasePoolSize, timeoutMs: config.databaseTimeoutMs });
    if (!options.connections?.has(address)) opened.set(address, connection);
    return connection;
  };
  const organisation = open(config.database);
  const regions = new Map([...config.regions].map(([code, address]) => [code, open(address)]));
  const limits = { ...DEFAULT_INGEST_LIMITS, maxBytes: config.maxSpecificationBytes, deadlineMs: config.ingestDeadlineMs };
  const createPool = options.createPool ?? createRenderingPool;
  const pool = createPool({
    size: config.renderingProcesses,
    limits,
    onFailure: (error, task) => log.warn({ err: error, task }, 'a rendering process failed'),
  });
  const drawingPool = createPool({
    size: 1,
    memoryMb: DRAWING_MEMORY_MB,
    limits: { ...DEFAULT_INGEST_LIMITS, deadlineMs: config.ingestDeadlineMs },
    onFailure: (error, task) => log.warn({ err: error, task }, 'a drawing process failed'),
  });
  const ports: Ports = {
    examineSpecification: (bytes, name) => pool.examine(bytes, name).catch(refuseWhenBusy),
    renderSpecification: (bytes, name) => pool.render(bytes, name).catch(refuseWhenBusy),
    compareSpecifications: specificationComparer(pool),
    scheduleRendering: (region, contentHash) => references.schedule(region, contentHash),
    drawDiagram: (diagram) => draw(drawingPool, diagram),
    readSections: sectionReader(pool),
    describeSchemas: schemaReader(pool, limits),
    resolveCname: cnameResolver(config.dnsServers),
    deliverAuditLog,
    sendTrial: createTrialSender(config.console),
    portalGuards: [guardDevelopers],
    followIssuer,
    passwords: createPasswords(config.passwordCost),
    rateLimits: createRateLimits(organisation, config.rateLimitFactor),
    ...options.ports,
  };
  const wakeWorker = (): void => worker.wake();
  const regionContext: Installation['regionContext'] = (region, actor, origin) => {
    const connection = regions.get(region);
    if (!connection) return undefined;
    return { db: connection.db, engine: connection.engine, region, actor, now, origin, secretKey, wakeWorker, ports };
  };
  const organisationContext: Installation['organisationContext'] = (actor, origin) => {
    const { db, engine } = organisation;
    return { db, engine, actor, now, origin, secretKey, wakeWorker, ports };
  };
  const references = createReferenceRenderer({
    regions: [...regions.keys()],
    contextOf: (region) => regionContext(region, SYSTEM),
    log,
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
  });
  const migrateAll = async (): Promise<string[]> => {
    const applied = await migrate(organisation, 'organisation');
    for (const connection of regions.values()) applied.push(...(await migrate(connection, 'region')));
    return applied;
  };
  const worker = createWorker({
    lanes: backgroundWork({
      organisation: organisationContext(SYSTEM),
      regions: [...regions.keys()].flatMap((region) => regionContext(region, SYSTEM) ?? []),
      auditDays: config.auditDays,
      mail: {
        compose: createMailComposer(path.join(import.meta.dirname, '../views/mail')),
        baseUrl: config.baseUrl,
        deliver: createMailDelivery({ smtpUrl: config.smtpUrl, from: config.mailFrom, log }),
      },
      log,
    }),
    log,
  });
  return {
    config,
    log,
    organisation: organisationContext(SYSTEM),
    organisationContext,
    regions: [...regions.keys()],
    regionContext,
    revision: (region) => regions.get(region)?.revision() ?? 0,
    migrate: migrateAll,
    prepare: async () => {
      await migrateAll();
      for (const region of regions.keys()) {
        const ctx = regionContext(region, SYSTEM);
        if (ctx) await ensureDefaultAuthStrategy(ctx);
      }
    },
    ping: async () => {
      for (const { db } of new Set([organisation, ...regions.values()]))
        await db.selectNoFrom((eb) => eb.lit(1).as('one')).execute();
    },
    pool,
    worker,
    references,
    close: async () => {
      references.stop();
      // A drawing that is underway is given up, and begun anew by whoever is there next.
      await Promise.all([drawingPool.close(), worker.stop()]);
      await pool.close();
      await references.idle();
      await Promise.all([...opened.values()].map((connection) => connection.close()));
    },
  };
};

/** What drawing a diagram may take. The process is one of its own: it becomes something like a browser, and strangers' diagrams run in it. */
const DRAWING_MEMORY_MB = 512;

/** Draws in the pool. What a diagram does to its process is what is wrong with it. */
const draw = async (pool: RenderingPool, { kind, source }: DiagramSource): Promise<DrawnDiagram> => {
  try {
    return (await pool.run('drawDiagram', { kind }, Buffer.from(source))).result;
  } catch (error) {
    if (!(error instanceof RenderingError)) throw error;
    if (error.reason === 'busy' || error.reason === 'closed') throw unavailable('Diagrams cannot be drawn at the moment', error);
    return { drawn: false, message: error.reason === 'failed' ? 'This cannot be drawn.' : error.message };
  }
};

/** Errors of the pool that are no fault of the document. */
const refuseWhenBusy = (error: unknown): never => {
  if (error instanceof RenderingError) throw unavailable('Too many specifications are being read; please try again soon', error);
  throw error;
};

/** Errors of the database as refusals that ask to come back later. */
export const classify = (error: unknown) =>
  isUnavailable(error) ? unavailable('The service cannot answer at the moment; please try again soon', error) : undefined;

const DNS_NOTHING = new Set(['ENOTFOUND', 'ENODATA']);

const cnameResolver = (servers: readonly string[]): Ports['resolveCname'] => {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return async (hostname) => {
    try {
      return (await resolver.resolveCname(hostname)).map((name) => name.toLowerCase().replace(/\.$/, ''));
    } catch (error) {
      if (error instanceof Error && 'code' in error && DNS_NOTHING.has(String(error.code))) return [];
      throw unavailable(`The name servers did not answer for ${hostname}`, error);
    }
  };
};
