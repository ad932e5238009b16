import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import nunjucks from 'nunjucks';
import { escapeHtml, SafeHtml } from '../lib/html.ts';
import type { Assets } from './static-assets.ts';

/** Renders the templates of `views/`. */
export interface Views {
  /** The template's text; throws when the template is missing or prints something undefined or null. */
  render(name: string, model: object): string;
}

export interface ViewsOptions {
  /** The folder of the templates. */
  readonly directory: string;
  readonly assets: Pick<Assets, 'url'>;
  /** Whether templates are kept once read; off, changes show at once. */
  readonly cache: boolean;
}

const NUMBER = new Intl.NumberFormat('en');
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const DATE_TIME = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  ...{ timeZone: 'UTC', timeZoneName: 'short' },
});

const readIcons = (directory: string): Map<string, string> =>
  new Map(
    readdirSync(directory)
      .filter((file) => file.endsWith('.svg'))
      .map((file) => [basename(file, '.svg'), readFileSync(join(directory, file), 'utf8').trim()]),
  );

const instant = (value: unknown): Date => {
  const date = value instanceof Date ? value : new Date(String(value));
  if (Number.isNaN(date.getTime())) throw new TypeError(`${String(value)} is no instant`);
  return date;
};

const trusted = (value: unknown): nunjucks.runtime.SafeString => {
  if (!(value instanceof SafeHtml)) throw new TypeError('Only SafeHtml can be printed as it is');
  return new nunjucks.runtime.SafeString(value.value);
};

/** Text whose lines may break after slashes, as those of paths. */
const breakable = (value: unknown): nunjucks.runtime.SafeString => {
  if (typeof value !== 'string') throw new TypeError('The filter breakable takes text');
  return new nunjucks.runtime.SafeString(escapeHtml(value).replaceAll('/', '/<wbr>'));
};

/**
 * The template environment. Everything printed is escaped unless it is {@link SafeHtml} passed through the filter `trusted`. Templates see,
 * beside their model: `asset(path)`, `icon(name)`, and the filters `isoDate`, `date`, `dateTime`, `number`, `breakable`,
 * `trusted`.
 */
export const createViews = ({ directory, assets, cache }: ViewsOptions): Views => {
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(directory, { noCache: !cache }), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  const icons = readIcons(join(directory, 'components/icon/icons'));

  environment.addGlobal('asset', (path: string) => assets.url(path));
  environment.addGlobal('icon', (name: string) => {
    const svg = icons.get(name);
    if (svg === undefined) throw new Error(`There is no icon ${name}`);
    return new nunjucks.runtime.SafeString(svg);
  });
  environment.addFilter('isoDate', (value: unknown) => instant(value).toISOString());
  environment.addFilter('date', (value: unknown) => DATE.format(instant(value)));
  environment.addFilter('dateTime', (value: unknown) => DATE_TIME.format(instant(value)));
  environment.addFilter('number', (value: unknown) => NUMBER.format(Number(value)));
  environment.addFilter('breakable', breakable);
  environment.addFilter('trusted', trusted);

  return { render: (name, model) => environment.render(name, model) };
};
