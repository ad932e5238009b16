import type { BrowserContext, Page, Response } from 'playwright-core';
import { untilScriptsRun } from '../../support/scripts-run.ts';

/** What came of looking at pages. */
export interface Seen {
  pages: number;
  /** pages that nobody looked at any more, though links lead there */
  left: number;
  /** where something ran, or would at a click */
  readonly executed: string[];
  /** pages that the program failed at */
  readonly failed: string[];
}

export interface Place {
  readonly origin: string;
  /** where to begin; from there on links are followed */
  readonly starts: readonly string[];
  /** pages at most */
  readonly most: number;
}

/** In the page: what has a handler or an address that is a script, though none of our pages has any. */
const LOADED = `[...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(({ name, value }) =>
  /^on/i.test(name) || (/^(?:xlink:)?href$|^(?:src|action|formaction|data)$/i.test(name) &&
    /^(?:javascript|vbscript|data:text)/i.test(value.replace(/[\\u0000-\\u0020]+/g, ''))))).map((element) => element.outerHTML.slice(0, 200))`;

const LINKS = `[...document.querySelectorAll('a[href], img[src], iframe[src]')].map((element) => element.href || element.src)`;

/** In the page: two frames later whatever begins with it has begun, where there are frames at all. A preview comes a little later. */
const SETTLED = `new Promise((resolve) => {
  const preview = document.querySelector('form[data-preview] .document-preview');
  const isWaiting = preview !== null && preview.childElementCount === 0;
  const done = () => requestAnimationFrame(() => requestAnimationFrame(resolve));
  if (isWaiting) preview.addEventListener('preview:changed', done);
  else done();
  setTimeout(resolve, isWaiting ? 1000 : 100);
})`;

/** Ends a session, or answers with a file. */
const LEFT_ALONE = /\/(?:log-?out|download|static|archive)\b|\/file$|export/;

/** Of addresses that differ in ids and queries only, so many are looked at. */
const ALIKE = 30;
const ALIKE_BY_QUERY = 6;

const shapeOf = (target: string): { shape: string; most: number } => {
  const { pathname, searchParams } = new URL(target);
  const shape = pathname.replace(/[0-9a-f-]{36}/g, ':id');
  const names = [...new Set(searchParams.keys())].sort().join('&');
  return names === '' ? { shape, most: ALIKE } : { shape: `${shape}?${names}`, most: ALIKE_BY_QUERY };
};

/** Tells once for each address whether it is to be looked at. */
const choosing = (origin: string): ((target: string) => boolean) => {
  const known = new Set<string>();
  const counts = new Map<string, number>();
  return (target) => {
    if (!target.startsWith(`${origin}/`) || known.has(target) || LEFT_ALONE.test(target)) return false;
    known.add(target);
    const { shape, most } = shapeOf(target);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
    return (counts.get(shape) ?? 0) <= most;
  };
};

/** Whether the browser lets anybody look into what it was answered: in a sandbox nothing runs, not even that; other files hold nothing. */
const isOpen = (answer: Response | null): boolean => {
  const { 'content-type': type = '', 'content-security-policy': policy = '' } = answer?.headers() ?? {};
  return /html|svg/.test(type) && !/\bsandbox\b/.test(policy);
};

/** Files are no pages; and where a page leads its reader away, or falls apart under whoever looks at it, something in it has run. */
const isFile = (error: unknown): boolean => /Download is starting|ERR_ABORTED/i.test(String(error));

const look = async (page: Page, address: string, seen: Seen): Promise<string[]> => {
  seen.pages++;
  try {
    const answer = await page.goto(address, { waitUntil: 'load' });
    if ((answer?.status() ?? 0) >= 500) seen.failed.push(`${answer?.status()} ${address}`);
    if (!isOpen(answer)) return [];
    await untilScriptsRun(page);
    await page.evaluate(SETTLED);
    seen.executed.push(...((await page.evaluate(LOADED)) as string[]).map((markup) => `${address}: ${markup}`));
    return ((await page.evaluate(LINKS)) as string[]).map((link) => link.replace(/#.*$/, ''));
  } catch (error) {
    if (!isFile(error)) seen.executed.push(`${address}: ${String(error).split('\n')[0]}`);
    return [];
  }
};

const TABS = 3;

/** Looks at pages of a host, and at those that links lead to. Every call of `canary` is noted. */
export const browse = async (context: BrowserContext, { origin, starts, most }: Place): Promise<Seen> => {
  const seen: Seen = { pages: 0, left: 0, executed: [], failed: [] };
  const pages: Page[] = [];
  for (let tab = 0; tab < TABS; tab++) pages.push(await newPage(context, seen));
  const isWanted = choosing(origin);
  const waiting = starts.map((start) => `${origin}${start}`);
  for (const start of waiting) isWanted(start);
  while (waiting.length > 0 && seen.pages < most) {
    const batch = waiting.splice(0, TABS);
    const links = await Promise.all(batch.map((address, tab) => look(pages[tab] as Page, address, seen)));
    waiting.push(...links.flat().filter(isWanted));
  }
  for (const page of pages) await page.close();
  seen.left = waiting.length;
  return seen;
};

const newPage = async (context: BrowserContext, seen: Seen): Promise<Page> => {
  const page = await context.newPage();
  await page.exposeFunction('canary', () => void seen.executed.push(`${page.url()}: ran`));
  page.on('dialog', (dialog) => void dialog.dismiss());
  return page;
};

/** In the page: types a text into every field of its own form, and sends it whatever the browser would say. */
const typeAndSend = (text: string): string => `{
  const form = [...document.querySelectorAll('main form[method="post"]')].at(-1);
  for (const field of form.querySelectorAll('input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea'))
    field.value = ${JSON.stringify(text)};
  form.submit();
}`;

/** Sends the forms of pages with payloads in every field, and looks at what shows then: usually the form, with what was typed. */
export const typeInto = async (
  context: BrowserContext,
  origin: string,
  forms: readonly string[],
  texts: readonly string[],
): Promise<Seen> => {
  const seen: Seen = { pages: 0, left: 0, executed: [], failed: [] };
  const page = await newPage(context, seen);
  for (const form of forms)
    for (const text of texts) {
      await page.goto(`${origin}${form}`);
      await Promise.all([page.waitForEvent('framenavigated'), page.evaluate(typeAndSend(text))]);
      await page.waitForLoadState('load');
      await page.evaluate(SETTLED);
      seen.pages++;
      seen.executed.push(...((await page.evaluate(LOADED)) as string[]).map((markup) => `${form}: ${markup}`));
    }
  await page.close();
  return seen;
};
