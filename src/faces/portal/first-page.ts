import type { Request } from 'express';
import { AFTER_FIRST_PICTURE } from '../../http/after-first-picture.ts';
import type { Page } from '../../http/page-cache.ts';
import { policyOfFirstPage } from '../../http/server-kit.ts';
import type { Assets } from '../../http/static-assets.ts';
import { namesIn } from '../../http/style-rules.ts';
import { paths } from './paths.ts';
import { findStylesheet } from './site/stylesheet.ts';

/**
 * Whether somebody comes to a page from elsewhere: by a link they were sent, from a search engine, by a bookmark. As a rule their browser has
 * nothing of ours, and would have to ask for three stylesheets before it shows anything. Browsers tell over https, and on their own machine
 * (Fetch Metadata, 2.3); to others, and on the way from page to page, stylesheets and scripts are files, which are kept.
 */
export const comesFromElsewhere = (req: Request): boolean => {
  const site = req.get('Sec-Fetch-Site');
  return site !== undefined && site !== 'same-origin' && req.get('Sec-Fetch-Mode') === 'navigate';
};

const STYLESHEET = /<link rel="stylesheet" href="([^"]+)">/g;
const MODULE = /<script type="module" src="([^"]+)"[^>]*><\/script>/g;

/**
 * Nothing is shown before what the page is about has been read: where no stylesheet is waited for, browsers paint the frame alone as soon as
 * they pause in reading, and what is in it one picture later (HTML, 4.6.8.5). It takes less than waiting for the stylesheets did.
 */
const WHOLE = '<link rel="expect" href="#main" blocking="render">';

/** In characters. What is larger is not to become larger still: it takes longer to read than its stylesheets take to come. */
const LARGE = 150_000;

/**
 * A page for somebody who comes from elsewhere: it carries what it uses of our stylesheets, and the others that it would link to; the whole and
 * its scripts come after its first picture, and its policy lets all of that hold. A large page, and one with a policy of its own, stays as it is.
 */
export const asFirstPage = (page: Page, assets: Pick<Assets, 'stylesheetAt'>): Page => {
  const { body, type, headers = {} } = page;
  if (typeof body !== 'string' || type !== undefined || headers['Content-Security-Policy'] !== undefined) return page;
  if (body.length > LARGE) return page;
  const end = body.indexOf('</head>');
  if (end < 0) return page;
  const names = namesIn(body);
  const styles: string[] = [];
  const head = body
    .slice(0, end)
    .replace(STYLESHEET, (link, address: string) => {
      const part = assets.stylesheetAt(address)?.usedBy(names);
      const css = part ?? findStylesheet((hash) => paths.theme(hash) === address)?.css;
      if (css === undefined || css.includes('</')) return link;
      styles.push(css);
      return `<style${part === undefined ? '' : ` data-part-of="${address}"`}>${css}</style>`;
    })
    .replace(MODULE, '<meta name="script" content="$1">');
  return {
    ...page,
    body: `${head}${WHOLE}\n<script>${AFTER_FIRST_PICTURE}</script>\n${body.slice(end)}`,
    headers: { ...headers, 'Content-Security-Policy': policyOfFirstPage(styles) },
  };
};
