import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { load } from 'cheerio';
import express from 'express';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { PortalLayoutModel } from '../../src/http/layout-model.ts';
import { createAssets } from '../../src/http/static-assets.ts';
import { createViews } from '../../src/http/views.ts';
import { escapeHtml, raw } from '../../src/lib/html.ts';
import { themeCss } from '../../src/rendering/theme/index.ts';
import { axeViolations } from '../support/axe.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';

const ROOT = join(import.meta.dirname, '../..');
const COMPONENTS = join(ROOT, 'views/components');

const contract = z.strictObject({
  summary: z.string().min(10),
  params: z.array(z.strictObject({ name: z.string(), type: z.string(), required: z.boolean(), description: z.string().min(5) })),
  examples: z.array(z.strictObject({ name: z.string(), params: z.record(z.string(), z.unknown()) })).min(1),
});

const assets = createAssets(join(ROOT, 'static'));
const views = createViews({ directory: join(ROOT, 'views'), assets, cache: true });

/** In a contract, HTML stands as text; components want it declared safe. */
const withSafeHtml = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return key === 'html' ? raw(value) : value;
  if (Array.isArray(value)) return value.map((item) => withSafeHtml(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withSafeHtml(inner, name)]));
};

const components = readdirSync(COMPONENTS)
  .sort()
  .map((name) => ({
    name,
    template: readFileSync(join(COMPONENTS, name, 'template.njk'), 'utf8'),
    ...contract.parse(parse(readFileSync(join(COMPONENTS, name, 'component.yaml'), 'utf8'))),
  }));

const render = (name: string, params: unknown): string =>
  views.render(`components/${name}/template.njk`, { params: withSafeHtml(params) });

describe.each(components)('component $name', ({ name, template, params, examples }) => {
  it('documents every parameter that it uses, and uses every one that it documents', () => {
    const used = new Set([...template.matchAll(/\bparams\.([a-zA-Z]+)/g)].map(([, parameter]) => parameter ?? ''));
    expect([...used].sort()).toEqual(params.map((parameter) => parameter.name).sort());
  });

  it('shows every parameter in an example, the required ones in all', () => {
    const shown = new Set(examples.flatMap((example) => Object.keys(example.params)));
    expect([...shown].sort()).toEqual(params.map((parameter) => parameter.name).sort());
    for (const { name: parameter } of params.filter(({ required }) => required)) {
      for (const example of examples) expect(example.params, example.name).toHaveProperty(parameter);
    }
  });

  it.each(examples)('renders: $name', (example) => {
    const $ = load(render(name, example.params), null, false);
    expect($.root().html()).not.toMatch(/undefined|\[object|NaN/);
    expect($('script, style, [style]')).toHaveLength(0);
  });

  it('has a macro of its name', () => {
    const macro = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    expect(readFileSync(join(COMPONENTS, name, 'macro.njk'), 'utf8')).toBe(
      `{% macro ${macro}(params) %}{% include "./template.njk" %}{% endmacro %}\n`,
    );
  });
});

/** All examples, in the place of the content of a portal's page. */
const gallery = (): string => {
  const layout: PortalLayoutModel = {
    title: 'Components',
    portal: { name: 'Portico', href: '/', stylesheetHref: '/theme.css', theme: 'system' },
    nav: [{ label: 'Catalogue', href: '/', current: true }],
    search: { action: '/search', value: '', suggestions: '/search/suggestions' },
    account: { kind: 'visitor', signInHref: '/login', signUpHref: '/register' },
    breadcrumbs: [],
  };
  const sections = components.map(
    ({ name, examples }) =>
      `<section><h2>${escapeHtml(name)}</h2>${examples.map((example) => render(name, example.params)).join('\n')}</section>`,
  );
  const $ = load(views.render('errors/not-found.njk', { layout, page: {} }));
  $('main').html(`<h1>Components</h1>${sections.join('\n')}`);
  return $.html();
};

describe.skipIf(CHROMIUM === undefined)('all components in a browser', () => {
  let browser: Browser;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    const app = express();
    app.use((_request, response, next) => {
      response.set('Content-Security-Policy', "default-src 'self'");
      next();
    });
    app.use(assets.router);
    app.get('/theme.css', (_request, response) => {
      response
        .type('css')
        .send(themeCss({ theme_name: 'mint_rocket', custom_theme: null, use_custom_fonts: false, custom_fonts: null }));
    });
    app.get('/', (_request, response) => {
      response.send(gallery());
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await sharedChromium();
  });

  afterAll(() => {
    server.close();
  });

  it.each(['light', 'dark'] as const)('have nothing that axe objects to in %s, and no errors', async (colorScheme) => {
    const page = await browser.newPage({ colorScheme });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(origin, { waitUntil: 'load' });
    expect(await axeViolations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });
});
