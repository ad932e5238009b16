import type { Browser, BrowserContext, Page } from 'playwright-core';
import { axeViolations } from '../support/axe.ts';
import { awaitScripts } from '../support/scripts-run.ts';

/** A person in front of a browser; everything that the browser complains about is written down. */
export interface Visitor {
  readonly page: Page;
  readonly complaints: string[];
  /** What is wrong with the page as it shows: by axe, by its width, by what the browser said so far. */
  inspect(): Promise<string[]>;
  /** Begins anew in the same window, which takes a fraction of the time of another: no cookies, nothing remembered, no complaints. */
  forget(): Promise<void>;
  leave(): Promise<void>;
}

export interface Habits {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly scripts?: boolean;
}

/** Opens a window of its own: no cookies, no memory of other visits. */
export const welcome = async (browser: Browser, baseURL: string, habits: Habits = {}): Promise<Visitor> => {
  const { width = 1280, scheme = 'light', scripts = true } = habits;
  const context: BrowserContext = await browser.newContext({
    baseURL,
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
  });
  const choose = (): Promise<void> => context.addCookies([{ name: 'theme', value: scheme, url: baseURL }]);
  await choose();
  const page = await context.newPage();
  if (scripts) awaitScripts(page);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('requestfailed', (request) => {
    // Whoever leaves a page before all of it is there has nothing to complain about.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${reason}`);
  });
  return {
    page,
    complaints,
    inspect: async () => {
      const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      return [
        ...(await axeViolations(page)),
        ...(Number(overflow) > 0 ? [`${page.url()} is ${overflow} pixels too wide`] : []),
        ...complaints,
      ];
    },
    forget: async () => {
      await context.clearCookies();
      await choose();
      await context.clearPermissions();
      await page.emulateMedia({ media: null });
      await page.evaluate('localStorage.clear(); sessionStorage.clear()');
      complaints.length = 0;
    },
    leave: () => context.close(),
  };
};

export interface Windows {
  arrive(habits?: Habits): Promise<Visitor>;
  /** Ends the visits of all who arrived. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Windows that somebody has left are taken by whoever comes next: to open one takes as long as six pages. */
export const openWindows = (browser: Browser, baseURL: string): Windows => {
  const taken = new Set<{ readonly kind: string; readonly visitor: Visitor }>();
  const free: typeof taken = new Set();
  return {
    arrive: async (habits = {}) => {
      const kind = JSON.stringify(habits);
      const known = [...free].find((window) => window.kind === kind);
      if (known) free.delete(known);
      const visitor = known?.visitor ?? (await welcome(browser, baseURL, habits));
      taken.add({ kind, visitor });
      return visitor;
    },
    leave: async () => {
      for (const window of taken) {
        await window.visitor.forget();
        await window.visitor.page.unrouteAll({ behavior: 'ignoreErrors' });
        await window.visitor.page.goto('about:blank'); // nothing of the visit goes on in the next one
        window.visitor.complaints.length = 0;
        free.add(window);
      }
      taken.clear();
    },
    close: async () => {
      await Promise.all([...taken, ...free].map(({ visitor }) => visitor.leave()));
    },
  };
};
