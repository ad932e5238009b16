import type { Page } from 'playwright-core';

/** Until the scripts have run that a page asks for after its first picture, which its load event does not wait for. */
export const untilScriptsRun = async (page: Page): Promise<void> => {
  await page.waitForSelector('meta[name="script"]', { state: 'detached' });
};

/** Makes whoever goes to a page in this window, or loads it again, wait for its scripts. */
export const awaitScripts = (page: Page): void => {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...given) => {
    const answer = await goto(...given);
    await untilScriptsRun(page);
    return answer;
  };
  page.reload = async (...given) => {
    const answer = await reload(...given);
    await untilScriptsRun(page);
    return answer;
  };
};
