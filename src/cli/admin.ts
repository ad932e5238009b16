import { parseArgs } from 'node:util';
import { ORGANISATION_ADMIN } from '../domain/access/index.ts';
import { createAdministrator } from '../domain/administrators/index.ts';
import { assignRole } from '../domain/roles/index.ts';
import { type Command, expectAction, UsageError, withInstallation } from './command.ts';

/** Adds somebody who runs the installation. */
export const adminCommand: Command = {
  name: 'admin create',
  summary: 'add an administrator',
  help: `Usage: portico admin create --email <email> --name <name>

Adds somebody who may do everything, to whom tokens can be given: portico token create --administrator <email>.
`,
  run: async (args) => {
    const { values } = parseArgs({
      args: [...expectAction(args, 'admin', 'create')],
      options: { email: { type: 'string' }, name: { type: 'string' } },
    });
    const { email, name } = values;
    if (email === undefined || name === undefined) throw new UsageError('both are needed: --email <email> --name <name>');
    await withInstallation(async ({ organisation }) => {
      const administrator = await createAdministrator(organisation, { email, name });
      const holder = { kind: 'administrator', id: administrator.id } as const;
      await assignRole(organisation, { holder, ...ORGANISATION_ADMIN, region: '*' });
      process.stdout.write(`${administrator.name} <${administrator.email}> is an administrator now.\n`);
    });
  },
};
