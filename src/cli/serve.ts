import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { environment } from '../environment.ts';
import type { Command } from './command.ts';

/** Serves portals and APIs until told to stop. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve portals and APIs',
  help: `Usage: portico serve [--demo]

Brings the databases up to date and listens on HOST and PORT. SIGTERM or SIGINT lets requests in flight finish, then stops.

  --demo   fill an empty installation with demo content first; existing data is never touched
`,
  run: async (args) => {
    const { values } = parseArgs({ args: [...args], options: { demo: { type: 'boolean' } } });
    const config = readConfig(environment());
    const [{ compose }, { serve }] = await Promise.all([import('../compose.ts'), import('../server.ts')]);
    const installation = await compose(config);
    try {
      await installation.prepare();
      const logIns = values.demo ? await (await import('./seed-demo.ts')).seedDemo(installation) : undefined;
      const server = await serve(installation);
      const { addressesOf } = await import('./addresses.ts');
      process.stderr.write(await addressesOf(installation, server.port, logIns));
      await stopSignal();
      installation.log.info('stopping');
      await server.stop();
    } catch (error) {
      await installation.close();
      throw error;
    }
  },
};

const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
