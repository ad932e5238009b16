import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launchChromium } from '../../support/chromium.ts';

/** What a browser that had never seen a page before told of reading an operation there. */
export interface Reading {
  /** Milliseconds from the click until the text could be read. */
  readonly readable: number;
  /** Milliseconds in which the page did not answer: what tasks took over 50 ms each, until a second after it was readable. */
  readonly blocking: number;
  /** Bytes that went over the line, fonts apart. */
  readonly bytes: number;
  /** Bytes of JavaScript objects after it was readable. */
  readonly heap: number;
}

/** Longer than this nobody waits, and the bench has an end. */
export const PATIENCE_MS = 60_000;

const WATCH = readFileSync(path.join(import.meta.dirname, 'watch-page.js'), 'utf8');

/** A browser that has just been started is busy with itself, which is nothing that a page can help. */
const SETTLING_MS = 2_000;

/** Only loopback: what pages want from elsewhere is not found at once, so no run depends on the network. */
const OFFLINE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost';

/** Scripts are compiled as browsers do, which tests spare themselves: of two such arguments the last one holds. */
const COMPILE_AS_USUAL = '--js-flags=--opt';

/**
 * Opens an address in a new browser and waits until `phrase` shows in its window; undefined when it does not in time.
 * @throws when the address cannot be loaded
 */
export const readOperation = async (url: string, phrase: string): Promise<Reading | undefined> => {
  const browser = await launchChromium([OFFLINE, COMPILE_AS_USUAL]);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const session = await page.context().newCDPSession(page);
    const fonts = new Set<string>();
    let bytes = 0;
    session.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Font' && fonts.add(requestId)));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!fonts.has(requestId)) bytes += encodedDataLength;
    });
    await session.send('Network.enable');
    await session.send('Performance.enable');
    let tell: (at: number) => void = () => undefined;
    const shown = new Promise<number>((resolve) => {
      tell = resolve;
    });
    await page.exposeBinding('portico_readable', (_source, at: number) => tell(at));
    await page.addInitScript(WATCH.replace('PHRASE', JSON.stringify(phrase)));
    await delay(SETTLING_MS);
    // A page that never comes to rest may still be readable; one that cannot be loaded is no figure.
    const failed = page.goto(url, { timeout: 0 }).then(() => new Promise<never>(() => undefined));
    const readable = await Promise.race([shown, failed, delay(PATIENCE_MS, undefined, { ref: false })]);
    if (readable === undefined) return undefined;
    await delay(1000);
    const blocking = await page.evaluate<number>('portico_watched.blocking');
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
    return { readable, blocking, bytes, heap };
  } finally {
    await browser.close();
  }
};
