/**
 * Fills an installation with payloads that run scripts where something is not escaped or sanitised: in documents, diagrams, every text of
 * specifications, names, labels, reasons, texts of portals. Then opens the pages that show them in Chromium, types payloads into forms
 * and addresses, once with everything as it is, and once without the content policy, so that what is printed has to be safe by itself.
 * Each payload calls a canary; handlers and addresses that would run at a click count too.
 *
 *     npm run payloads [-- --break]
 *
 * --break    a copy of the build that neither sanitises nor escapes, which has to be noticed
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { Browser, BrowserContext } from 'playwright-core';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { administratorAt } from '../browser/administrator.ts';
import { breakBuild } from '../support/broken-build.ts';
import { launchChromium } from '../support/chromium.ts';
import { PAYLOAD_HOLES } from '../support/holes.ts';
import { startServerProcess } from '../support/server-process.ts';
import { browse, type Seen, typeInto } from './payloads/browse.ts';
import { DOCUMENTS, NAMES, PAYLOAD_COUNT, TYPED } from './payloads/list.ts';
import { ADMINISTRATOR, PASSWORD, poison, type Scene } from './payloads/scene.ts';
import { poisonedSpecification } from './payloads/specification.ts';
import { poisonedSwagger } from './payloads/swagger.ts';
import { withoutPolicy } from './payloads/without-policy.ts';

const MATERIAL = {
  documents: DOCUMENTS,
  names: NAMES,
  specifications: [
    poisonedSpecification('3.2.0', 0),
    poisonedSpecification('3.1.0', 13),
    poisonedSpecification('3.0.3', 29),
    poisonedSwagger(0),
    poisonedSwagger(31),
  ],
};

/** Links lead round in circles of filters: so many pages of each place are looked at. */
const MOST = { open: 560, closed: 70, administration: 180 };
const SHOWN = 20;

/** Addresses of a portal that hold what somebody typed, or had somebody follow. */
const addressesWith = (text: string): string[] => {
  const typed = encodeURIComponent(text);
  return [
    ...[`/?q=${typed}`, `/?label=${typed}%3Ax`, `/search?q=${typed}`, `/search?q=${typed}&kind=document`, `/docs/${typed}`],
    ...[`/spec/${typed}/${typed}`, `/login?returnTo=${typed}`, `/login?token=${typed}`, `/reset-password?token=${typed}`],
  ];
};

const ENTRANCE_FORMS = ['/login', '/register', '/forgot-password'];
const PORTAL_FORMS = ['/application/create', '/account'];
const ADMIN_FORMS = [
  ...['products', 'portals', 'control-planes', 'auth-strategies'].map((noun) => `/admin/us/${noun}/create`),
  ...['people', 'teams', 'system-accounts'].map((noun) => `/admin/us/organisation/${noun}/new`),
  ...['tokens/new', 'audit-webhooks/destinations/new'].map((form) => `/admin/us/${form}`),
];

/** Looks at everything. */
const look = async (browser: Browser, { open, closed, developerToken }: Scene, port: number): Promise<[string, Seen][]> => {
  const [home = '', publicOrigin = '', privateOrigin = ''] = ['localhost', open.defaultDomain, closed.defaultDomain].map(
    (host) => `http://${host}:${port}`,
  );
  const arrive = (): Promise<BrowserContext> =>
    browser.newContext({ baseURL: home, acceptDownloads: false, reducedMotion: 'reduce' });
  const stranger = await arrive();
  const known = await arrive();
  await known.addCookies([{ name: 'portalaccesstoken', value: developerToken, url: privateOrigin }]);
  const page = await known.newPage();
  await administratorAt(page).logIn(ADMINISTRATOR, PASSWORD);
  await page.close();
  const starts = (...first: string[]): string[] => [...first, ...TYPED.flatMap(addressesWith)];
  const seen = {
    'public portal': await browse(stranger, { origin: publicOrigin, starts: starts('/'), most: MOST.open }),
    'private portal': await browse(known, { origin: privateOrigin, starts: ['/my-apps', '/account', '/'], most: MOST.closed }),
    administration: await browse(known, {
      origin: `${home}/admin`,
      starts: ['/us', '/us/mail', '/us/requests', '/us/products'],
      most: MOST.administration,
    }),
    'forms of strangers': await typeInto(stranger, privateOrigin, ENTRANCE_FORMS, TYPED),
    'forms of a developer': await typeInto(known, privateOrigin, PORTAL_FORMS, TYPED.slice(0, 5)),
    'forms of an administrator': await typeInto(known, home, ADMIN_FORMS, TYPED.slice(0, 3)),
  };
  await stranger.close();
  await known.close();
  return Object.entries(seen);
};

/** Makes the installation, and everything that follows from it; then it is closed. */
const prepare = async (env: Record<string, string>): Promise<Scene> => {
  const installation = await compose(readConfig(env), { log: pino({ level: 'silent' }) });
  try {
    await installation.prepare();
    return await poison(installation, MATERIAL);
  } finally {
    await installation.close();
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { break: { type: 'boolean', default: false } } });
  const env = {
    ...{ DATA_DIR: mkdtempSync(path.join(tmpdir(), 'portico-payloads-')), BASE_URL: 'http://localhost', LOG_LEVEL: 'error' },
    ...{ RATE_LIMIT_FACTOR: '0', PASSWORD_MEMORY_KIB: '8', PASSWORD_PASSES: '1', INGEST_DEADLINE_SECONDS: '120' },
  };
  const executed: string[] = [];
  const failed: string[] = [];
  try {
    const scene = await prepare(env);
    const server = await startServerProcess(env, [], values.break ? breakBuild(PAYLOAD_HOLES) : undefined);
    const bare = await withoutPolicy(server.port);
    const browser = await launchChromium();
    try {
      for (const [policy, port] of [
        ['with policy', server.port],
        ['without policy', bare.port],
      ] as const)
        for (const [place, seen] of await look(browser, scene, port)) {
          const pages = `${String(seen.pages).padStart(4)} pages${seen.left === 0 ? '' : ` of ${seen.pages + seen.left}`}`;
          const found = `${pages}, ${seen.executed.length} executed, ${seen.failed.length} failed`;
          console.log(`${policy.padEnd(16)}${place.padEnd(26)}${found}`);
          executed.push(...seen.executed);
          failed.push(...seen.failed);
        }
    } finally {
      await browser.close();
      bare.stop();
      await server.stop();
    }
  } finally {
    rmSync(env.DATA_DIR, { recursive: true, force: true });
  }
  for (const where of [...failed, ...executed].slice(0, SHOWN)) console.log(where);
  console.log(`payloads ${PAYLOAD_COUNT}, executed ${executed.length}`);
  return executed.length + failed.length;
};

process.exitCode = (await main()) > 0 ? 1 : 0;
