import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ContextWithPorts } from '../domain/context.ts';
import { type Command, withInstallation } from './command.ts';

/** How often to look whether another process has done the rest, in milliseconds. */
const POLL_MS = 1_000;
/** How often nothing may have changed until the rest is left to a server. */
const PATIENCE = 60;
/** How many steps to tell at a time. */
const STEPS = 100;

/** Writes the index of the search anew. */
export const reindexCommand: Command = {
  name: 'reindex',
  summary: 'write the index of the search anew',
  help: `Usage: portico reindex

Writes all entries of the search anew, in every region, and takes those out that stand for nothing any more. The portals may be
served meanwhile, and go on being searched: entries are replaced one by one. A server that is running helps. When this is
interrupted, a server does the rest.
`,
  run: async (args) => {
    parseArgs({ args: [...args], options: {} });
    await withInstallation(async ({ regions, regionContext }) => {
      const { SYSTEM } = await import('../domain/access/index.ts');
      for (const region of regions) {
        const ctx = regionContext(region, SYSTEM);
        if (ctx) await reindex(ctx);
      }
    });
  },
};

const reindex = async (ctx: ContextWithPorts): Promise<void> => {
  const say = (text: string): boolean => process.stdout.write(`${ctx.region}: ${text}\n`);
  const { countDue, indexNext, markAllDue } = await import('../domain/search/index.ts');
  await markAllDue(ctx);
  let done = 0;
  let left = await countDue(ctx);
  for (let idle = 0; idle < PATIENCE; ) {
    const didOne = await indexNext(ctx).catch((error: unknown) => {
      say(`something could not be read and will be tried again (${error instanceof Error ? error.message : String(error)})`);
      return true;
    });
    if (didOne && ++done % STEPS > 0) continue;
    const leftNow = await countDue(ctx);
    if (leftNow === 0) return void say(`done: ${done} products, versions and documents`);
    idle = didOne || leftNow < left ? 0 : idle + 1;
    left = leftNow;
    if (didOne) say(`${done} done, ${left} left`);
    else await delay(POLL_MS);
  }
  say(`${left} could not be read; a server will try again`);
};
