import { parseArgs } from 'node:util';
import { type Command, CommandError, withInstallation } from './command.ts';

/** Fills an empty installation with demo content. */
export const seedCommand: Command = {
  name: 'seed',
  summary: 'fill an empty installation with demo content',
  help: `Usage: portico seed

Adds two portals with products, versions, documents, specifications and people of a fictional company, and prints how to log in.
Refuses when there is a product or a portal already.
`,
  run: async (args) => {
    parseArgs({ args: [...args], options: {} });
    const [{ logInsOf }, { seedDemo }] = await Promise.all([import('./addresses.ts'), import('./seed-demo.ts')]);
    await withInstallation(async (installation) => {
      const logIns = await seedDemo(installation);
      if (!logIns) throw new CommandError('there are products or portals already; nothing was added');
      await installation.references.idle();
      process.stdout.write(`The demo content is there.\n${logInsOf(new URL(installation.config.baseUrl), logIns)}`);
    });
  },
};
