import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian and Ubuntu put it; `CHROMIUM` names another one. */
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium, or undefined: tests that need it then skip, and say so. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && existsSync(path));

/** A page is there for a second or two: what is compiled to run fast is dropped with it, before it has paid. */
const COMPILE_LESS = '--js-flags=--no-opt';

/** Suggestions below the address bar, which nobody sees: each window prepares two pages for them, which takes longer than a test's own. */
const SUGGESTIONS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** A process in advance, started whenever a page takes one: the pages of a window share theirs, and the next window is far. */
const SPARE_PROCESSES = 'SpareRendererForSitePerProcess';

/** What Playwright turns off, of what makes a difference here: of two lists Chromium reads the last. */
const PLAYWRIGHTS = [
  ...[
    'AimEnabled',
    'AvoidCorsURLLoaderRestartOnRedirect',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
  ],
  ...['HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying'],
  ...['OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning'],
];

/** Starts the system's Chromium without a window, with more arguments and without more features if there are any. Close it after use. */
export const launchChromium = (more: readonly string[] = [], without: readonly string[] = []): Promise<Browser> => {
  if (CHROMIUM === undefined) throw new Error('There is no Chromium here');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', COMPILE_LESS],
      `--disable-features=${[...PLAYWRIGHTS, ...SUGGESTIONS, ...without].join(',')}`,
      ...more,
    ],
  });
};

let shared: Promise<Browser> | undefined;

/** The Chromium of this worker of the test run, which ends with it: each that starts costs seconds until it is warm. Close what you open in it. */
export const sharedChromium = (): Promise<Browser> => {
  shared ??= launchChromium([], [SPARE_PROCESSES]);
  return shared;
};
