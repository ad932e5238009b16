import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdminLayoutModel, PortalLayoutModel } from '../../src/http/layout-model.ts';
import { createViews, type Views } from '../../src/http/views.ts';
import { raw } from '../../src/lib/html.ts';

const VIEWS = join(import.meta.dirname, '../../views');
const assets = { url: (path: string): string => `/static/hash/${path}` };

describe('the template environment', () => {
  let directory: string;
  let views: Views;

  const render = (template: string, model: object = {}): string => {
    writeFileSync(join(directory, 'page.njk'), template);
    return views.render('page.njk', model);
  };

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'portico-views-'));
    mkdirSync(join(directory, 'components/icon/icons'), { recursive: true });
    writeFileSync(join(directory, 'components/icon/icons/dot.svg'), '<svg></svg>\n');
    views = createViews({ directory, assets, cache: false });
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  it('escapes what it prints', () => {
    expect(render('{{ name }}', { name: '<b>"&' })).toBe('&lt;b&gt;&quot;&amp;');
  });

  it('prints SafeHtml as it is, and nothing else', () => {
    expect(render('{{ body | trusted }}', { body: raw('<b>x</b>') })).toBe('<b>x</b>');
    expect(() => render('{{ body | trusted }}', { body: '<b>x</b>' })).toThrow('Only SafeHtml');
  });

  it.each([{}, { name: null }])('throws where nothing is printed: %j', (model) => {
    expect(() => render('{{ name }}', model)).toThrow('page.njk');
  });

  it('lets lines break after slashes', () => {
    expect(render('{{ path | breakable }}', { path: '/a/<b>' })).toBe('/<wbr>a/<wbr>&lt;b&gt;');
    expect(() => render('{{ nothing | breakable }}')).toThrow('breakable takes text');
  });

  it('knows assets, icons, instants and numbers', () => {
    expect(render("{{ asset('css/x.css') }}")).toBe('/static/hash/css/x.css');
    expect(render("{{ icon('dot') }}")).toBe('<svg></svg>');
    expect(() => render("{{ icon('nope') }}")).toThrow('nope');
    expect(render('{{ at | isoDate }}', { at: new Date(0) })).toBe('1970-01-01T00:00:00.000Z');
    expect(render('{{ at | date }}, {{ at | dateTime }}', { at: '2026-03-01T12:05:00Z' })).toBe(
      '1 Mar 2026, 1 Mar 2026, 12:05 UTC',
    );
    expect(render('{{ n | number }}', { n: 1234567 })).toBe('1,234,567');
    expect(() => render('{{ at | isoDate }}', { at: 'soon' })).toThrow('no instant');
  });
});

const LAYOUT: PortalLayoutModel = {
  title: 'Sailings & <fares>',
  portal: { name: 'Nordvik', href: '/', stylesheetHref: '/theme/abc.css', theme: 'light' },
  nav: [
    { label: 'Catalogue', href: '/', current: true },
    { label: 'Guides', href: '/guides', current: false },
  ],
  search: { action: '/search', value: '', suggestions: '/search/suggestions' },
  account: null,
  breadcrumbs: [],
};

describe('the layout of a portal', () => {
  const views = createViews({ directory: VIEWS, assets, cache: true });
  const page = (layout: PortalLayoutModel, error = 'not-found', model: object = {}) =>
    load(views.render(`errors/${error}.njk`, { layout, page: model }));

  it('has a document with everything in its place', () => {
    const $ = page({
      ...LAYOUT,
      description: 'Fares',
      canonical: 'https://x.example/a',
      robots: 'noindex',
      breadcrumbs: [{ label: 'Catalogue', href: '/' }, { label: 'Sailings' }],
      flash: { kind: 'success', text: 'Saved' },
    });
    expect($('html').attr()).toMatchObject({ lang: 'en', dir: 'ltr', 'data-theme': 'light' });
    expect($('title').text()).toBe('Sailings & <fares> · Nordvik');
    expect($('meta[name=description]').attr('content')).toBe('Fares');
    expect($('meta[name=robots]').attr('content')).toBe('noindex');
    expect($('link[rel=canonical]').attr('href')).toBe('https://x.example/a');
    expect(
      $('link[rel=stylesheet]')
        .map((_, link) => $(link).attr('href'))
        .get(),
    ).toEqual(['/static/hash/css/portal.css', '/theme/abc.css']);
    expect($('.skip-link').attr('href')).toBe('#main');
    expect($('main#main h1').text()).toBe('Sailings & <fares>');
    expect($('nav[aria-label=Portal] [aria-current=page]').text()).toBe('Catalogue');
    expect($('form[role=search]').attr('action')).toBe('/search');
    expect($('[role=status]').text()).toContain('Saved');
    expect($('.breadcrumbs li')).toHaveLength(2);
  });

  it('shows who is signed in, or where to sign in', () => {
    expect(page(LAYOUT)('.site-account')).toHaveLength(0);
    const visitor = page({ ...LAYOUT, account: { kind: 'visitor', signInHref: '/login' } });
    expect(visitor('.site-account').attr('href')).toBe('/login');
    const developer = page({
      ...LAYOUT,
      account: { kind: 'developer', name: 'Signe', href: '/account', signOutAction: '/logout', csrfToken: 't0ken' },
    });
    expect(developer('.site-account').text()).toBe('Signe');
    expect(developer('form[action="/logout"] input[name=_csrf]').attr('value')).toBe('t0ken');
  });

  it.each(['not-found', 'bad-request', 'forbidden', 'failure', 'unavailable'])('has a page for %s', (error) => {
    const $ = page({ ...LAYOUT, title: 'Something' }, error, { detail: 'page[size] is a number.', reference: 'req-1' });
    expect($('.error-page').text()).toContain('page[size] is a number.');
    expect($('.error-page code').text()).toBe('req-1');
    expect($('script:not([src])')).toHaveLength(0);
    expect($('style, [style]')).toHaveLength(0);
  });
});

describe('the layout of the administration', () => {
  const views = createViews({ directory: VIEWS, assets, cache: true });
  const layout: AdminLayoutModel = {
    title: 'API products',
    organisation: { name: 'Nordvik', href: '/admin' },
    sections: [
      { label: 'Publish', links: [{ label: 'API products', href: '/admin/products', icon: 'box', current: true }] },
      { label: 'Approve', links: [{ label: 'Requests', href: '/admin/requests', icon: 'inbox', current: false, count: 1200 }] },
    ],
    regions: [
      { label: 'EU', href: '/admin?region=eu', current: true },
      { label: 'US', href: '/admin?region=us', current: false },
    ],
    account: { name: 'Signe', href: '/admin/account', signOutAction: '/admin/logout', csrfToken: 't0ken' },
    breadcrumbs: [],
  };

  it('has its navigation, its regions and the page’s heading', () => {
    const $ = load(views.render('layouts/admin.njk', { layout }));
    expect($('title').text()).toBe('API products · Nordvik');
    expect($('h1').text()).toBe('API products');
    expect($('nav[aria-label=Administration] [aria-current=page]').text().trim()).toBe('API products');
    expect($('.admin-nav-count').text()).toBe('1,200');
    expect($('nav[aria-label=Region] [aria-current]').text()).toBe('EU');
    expect($('button[popovertarget]').attr('popovertarget')).toBe($('[popover]').attr('id'));
    expect($('script:not([src])')).toHaveLength(0);
    expect($('style, [style]')).toHaveLength(0);
  });

  it('shows no switcher for one region', () => {
    const $ = load(views.render('layouts/admin.njk', { layout: { ...layout, regions: layout.regions.slice(0, 1) } }));
    expect($('nav[aria-label=Region]')).toHaveLength(0);
  });
});
