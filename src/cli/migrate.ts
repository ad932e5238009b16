import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { environment } from '../environment.ts';
import type { Command } from './command.ts';

/** Brings the databases up to date without serving; `serve` does it too. */
export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the databases up to date',
  help: `Usage: portico migrate

Applies the migrations that are missing, to the organisation's database and to that of every region.
"portico serve" does so at its start; run this first when the processes that serve may not change tables.
`,
  run: async (args) => {
    parseArgs({ args: [...args], options: {} });
    const config = readConfig({ LOG_LEVEL: 'warn', ...environment() });
    const { compose } = await import('../compose.ts');
    const installation = await compose(config);
    try {
      const applied = await installation.migrate();
      process.stdout.write(applied.length === 0 ? 'Everything is up to date.\n' : `Applied: ${applied.join(', ')}\n`);
    } finally {
      await installation.close();
    }
  },
};
