import { describe, expect, it } from 'vitest';
import { filesBelow, type Import, importsOf, read } from '../support/source.ts';

/**
 * Who may use whom. A zone is a folder (or a file) of `src`; it may import itself, what is listed here, and nothing else of the
 * project. `index` means: only a module's `index.ts`. This table is the rule; `src/README.md` draws it.
 */
const ZONES: Record<string, { zones: readonly string[]; packages: readonly string[] }> = {
  'src/lib': { zones: [], packages: ['bowser'] },
  'src/environment.ts': { zones: [], packages: [] },
  'src/config.ts': { zones: ['src/domain/regions'], packages: ['zod'] },
  'src/secrets.ts': { zones: ['src/config.ts'], packages: [] },
  'src/database/migrations': { zones: ['src/database/columns.ts'], packages: ['kysely'] },
  'src/database': { zones: ['src/lib', 'src/database/migrations'], packages: ['kysely', 'better-sqlite3', 'pg'] },
  'src/rendering': { zones: ['src/lib'], packages: ['*'] },
  'src/vendor': { zones: ['src/rendering'], packages: [] },
  'src/domain': { zones: ['src/lib', 'src/database', 'src/rendering'], packages: ['kysely', 'otpauth'] },
  'src/connectors': { zones: ['src/lib', 'src/domain', 'src/database', 'src/config.ts'], packages: ['*'] },
  'src/jobs': { zones: ['src/lib', 'src/domain'], packages: ['pino'] },
  'src/http': {
    zones: ['src/lib', 'src/domain', 'src/rendering'],
    packages: ['express', 'helmet', 'multer', 'nunjucks', 'pino', 'zod', 'compression', 'passport', 'passport-local', 'uqr'],
  },
  'src/faces/management-api': {
    zones: ['src/lib', 'src/domain', 'src/http', 'src/rendering'],
    packages: ['express', 'pino', 'zod'],
  },
  'src/faces/admin': { zones: ['src/lib', 'src/domain', 'src/http', 'src/rendering'], packages: ['express', 'pino', 'zod'] },
  'src/faces/portal-api': { zones: ['src/lib', 'src/domain', 'src/http', 'src/rendering'], packages: ['express', 'pino', 'zod'] },
  'src/faces/portal': { zones: ['src/lib', 'src/domain', 'src/http', 'src/rendering'], packages: ['express', 'pino', 'zod'] },
  'src/adapters': { zones: ['*'], packages: ['pino'] },
  'src/compose.ts': { zones: ['*'], packages: ['*'] },
  'src/app.ts': { zones: ['*'], packages: ['*'] },
  'src/server.ts': { zones: ['*'], packages: ['*'] },
  'src/cli': { zones: ['*'], packages: ['*'] },
};

/** Modules of the domain from the ground up: a module may use those on lines above its own. */
const TIERS: readonly (readonly string[])[] = [
  [
    ...['context', 'errors', 'unique', 'ids', 'listing', 'labels', 'events', 'outbox', 'secrets', 'access', 'regions'],
    ...['roles', 'administrators', 'administrator-teams', 'system-accounts', 'tokens', 'sessions'],
  ],
  ['gateways', 'auth-strategies'],
  ['products', 'portals'],
  ['developers', 'publications'],
  ['teams'],
  ['visibility'],
  ['applications'],
  ['credentials', 'registrations', 'trials'],
  ['audit', 'mail', 'requests', 'search'],
];

const zoneOf = (file: string): string | undefined =>
  Object.keys(ZONES)
    .filter((zone) => file === zone || file.startsWith(`${zone}/`))
    .sort((a, b) => b.length - a.length)[0];

const files = filesBelow('src', '.ts');
const imports = files.flatMap(importsOf);
const show = (found: readonly Import[]): string[] => found.map(({ from, target }) => `${from} -> ${target}`);

describe('imports', () => {
  it('leave no file outside the map', () => {
    expect(files.filter((file) => zoneOf(file) === undefined)).toEqual([]);
  });

  it('go only where the map allows', () => {
    const broken = imports.filter(({ from, target, isPackage }) => {
      const zone = zoneOf(from) ?? '';
      const allowed = ZONES[zone];
      if (isPackage) {
        if (target.startsWith('node:') || allowed?.packages.includes('*')) return false;
        return !allowed?.packages.some((name) => target === name || target.startsWith(`${name}/`));
      }
      const other = zoneOf(target) ?? target;
      return (
        other !== zone &&
        !allowed?.zones.includes('*') &&
        !allowed?.zones.some((name) => target === name || target.startsWith(`${name}/`))
      );
    });
    expect(show(broken)).toEqual([]);
  });

  it('enter a module of the domain only through its index', () => {
    const moduleOf = (file: string): string | undefined => /^src\/domain\/([^/]+)\//.exec(file)?.[1];
    const broken = imports.filter(
      ({ from, target, isPackage }) =>
        !isPackage && moduleOf(target) !== undefined && moduleOf(target) !== moduleOf(from) && !/\/index\.ts$/.test(target),
    );
    expect(show(broken)).toEqual([]);
  });

  it('go down the tiers of the domain, never up or sideways', () => {
    const nounOf = (file: string): string => /^src\/domain\/([^/.]+)/.exec(file)?.[1] ?? '';
    const tierOf = (noun: string): number => TIERS.findIndex((tier) => tier.includes(noun));
    const inDomain = imports.filter(({ from, target, isPackage }) => !isPackage && nounOf(from) !== '' && nounOf(target) !== '');
    const broken = inDomain.filter(({ from, target, typeOnly }) => {
      const [user, used] = [nounOf(from), nounOf(target)];
      if (user === used) return false;
      if (tierOf(user) === -1 || tierOf(used) === -1) return true;
      return tierOf(user) === 0 ? tierOf(used) > 0 && !typeOnly : tierOf(used) >= tierOf(user);
    });
    expect(show(broken)).toEqual([]);
  });

  it('make no circle', () => {
    const edges = new Map<string, string[]>();
    for (const { from, target, isPackage, typeOnly } of imports)
      if (!isPackage && !typeOnly) edges.set(from, [...(edges.get(from) ?? []), target]);
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('load with the server nothing that only some processes ever need', () => {
    const late = ['pg', 'nodemailer', 'markdown-it', 'highlight.js', 'sanitize-html', 'diff', 'yaml', 'fflate', 'mermaid'];
    const isLate = (name: string): boolean =>
      [...late, '@plantuml/core', '@redocly/openapi-core', '@zxcvbn-ts'].some(
        (each) => name === each || name.startsWith(`${each}/`),
      );
    const atOnce = imports.filter(({ typeOnly, isDynamic }) => !typeOnly && !isDynamic);
    const loaded = new Set<string>(['src/server.ts', 'src/app.ts', 'src/compose.ts']);
    for (const file of loaded) for (const { from, target } of atOnce) if (from === file) loaded.add(target);
    expect(loaded).toContain('express');
    expect(show(atOnce.filter(({ from, target }) => loaded.has(from) && isLate(target)))).toEqual([]);
  });
});

describe('what only one place may do', () => {
  const linesWith = (pattern: RegExp, allowed: (file: string) => boolean): string[] =>
    files
      .filter((file) => !allowed(file))
      .flatMap((file) =>
        read(file)
          .split('\n')
          .map((line, index) => ({ line: line.replace(/\/\/.*$|^\s*\*.*$|\/\*.*\*\//g, ''), at: `${file}:${index + 1}` }))
          .filter(({ line }) => pattern.test(line))
          .map(({ at }) => at),
      );

  it('the environment is read in one file', () => {
    expect(linesWith(/process\.env/, (file) => file === 'src/environment.ts' || file.startsWith('src/rendering/pool'))).toEqual(
      [],
    );
  });

  it('the domain has no clock but its context', () => {
    expect(linesWith(/new Date\(\)|Date\.now\(/, (file) => !file.startsWith('src/domain/'))).toEqual([]);
  });

  it('nothing is fetched but through safe-fetch', () => {
    const samples = 'src/rendering/openapi/reference/samples/'; // code that is shown, not run
    const allowed = (file: string): boolean => file === 'src/connectors/safe-fetch.ts' || file.startsWith(samples);
    expect(linesWith(/(?<![\w.'])fetch\(|\brequest\b.*from 'node:https?'|https?\.(request|get)\(/, allowed)).toEqual([]);
  });

  it('pages print HTML as it is only through the filter that demands SafeHtml', () => {
    const unsafe = filesBelow('views', '.njk').filter(
      (file) => !file.startsWith('views/components/') && /\|\s*safe\b/.test(read(file)),
    );
    expect(unsafe).toEqual([]);
  });

  it('no template holds code or style of its own', () => {
    const inline = filesBelow('views', '.njk').filter(
      (file) => /<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)[^>]*>/i.test(read(file)) && !file.startsWith('views/mail/'), // mail programs know no stylesheets
    );
    expect(inline).toEqual([]);
  });
});
