import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian and Ubuntu put it; `CHROMIUM` names another one. */
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium, or undefined: tests that need it then skip, and say so. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && existsSync(path));

/** A page is there for a second or two: what is compiled to run fast is dropped with it, before it has paid. */
const COMPILE_LESS = '--js-flags=--no-opt';

/** Starts the system's Chromium without a window, with more arguments if there are any. Close it after use. */
export const launchChromium = (more: readonly string[] = []): Promise<Browser> => {
  if (CHROMIUM === undefined) throw new Error('There is no Chromium here');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', COMPILE_LESS, ...more],
  });
};

let shared: Promise<Browser> | undefined;

/** The Chromium of this worker of the test run, which ends with it: each that starts costs seconds until it is warm. Close what you open in it. */
export const sharedChromium = (): Promise<Browser> => {
  shared ??= launchChromium();
  return shared;
};
