import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Pages of more elements are large: comparing their colours takes as long as all other rules together, for nothing, as whatever they consist of
 * is on small pages, too.
 */
const MOST_COMPARED = 3_000;

const OPTIONS = `{
  runOnly: ${JSON.stringify(RULES)},
  resultTypes: ['violations'],
  rules: { 'color-contrast': { enabled: document.getElementsByTagName('*').length <= ${MOST_COMPARED} } },
}`;

/** Lays out what is below the window, too: where the page leaves that for later, sizes and places are none yet. */
const LAY_OUT = `
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { content-visibility: visible !important; }');
  document.adoptedStyleSheets.push(sheet);
`;

/** What axe has against the page as it shows now, a line for each element; empty when nothing. */
export const axeViolations = async (page: Page): Promise<string[]> => {
  // Evaluated through the debugger: a strict content policy does not stand in its way.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`{ ${AXE}; ${LAY_OUT} }`);
  const found = await page.evaluate(
    `axe.run(document, ${OPTIONS}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ': ' + failureSummary.replaceAll('\\n', ' '))))`,
  );
  return found as string[];
};
