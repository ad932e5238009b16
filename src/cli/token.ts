import { parseArgs } from 'node:util';
import { findAdministratorByEmail } from '../domain/administrators/index.ts';
import { createToken } from '../domain/tokens/index.ts';
import { type Command, CommandError, expectAction, UsageError, withInstallation } from './command.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 3650;

/** Makes a token for the management API and prints it, once. */
export const tokenCommand: Command = {
  name: 'token create',
  summary: 'make a token for the management API',
  help: `Usage: portico token create --name <name> [--days <n> | --never-expires] [--administrator <email>]

Prints a new bearer token for the management API. It is shown now and never again.

  --name <name>             what the token is for
  --days <n>                days until it expires (90 unless told otherwise, at most ${MAX_DAYS})
  --never-expires           make one without an end
  --administrator <email>   whose token it is; nobody's in particular unless told otherwise
`,
  run: async (args) => {
    const { values } = parseArgs({
      args: [...expectAction(args, 'token', 'create')],
      options: {
        name: { type: 'string' },
        days: { type: 'string' },
        'never-expires': { type: 'boolean' },
        administrator: { type: 'string' },
      },
    });
    const name = values.name?.trim();
    if (name === undefined || name === '') throw new UsageError('a token needs a name: --name <name>');
    if (values.days !== undefined && values['never-expires'])
      throw new UsageError('--days and --never-expires exclude each other');
    const days = Number(values.days ?? 90);
    if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS)
      throw new UsageError(`--days must be a whole number from 1 to ${MAX_DAYS}`);
    await withInstallation(async ({ organisation }) => {
      const owner =
        values.administrator === undefined ? undefined : await findAdministratorByEmail(organisation, values.administrator);
      if (values.administrator !== undefined && !owner)
        throw new CommandError(`there is no administrator with the address ${values.administrator}`);
      const token = await createToken(organisation, {
        name,
        ...(owner ? { administratorId: owner.id } : {}),
        ...(values['never-expires'] ? {} : { expiresAt: new Date(organisation.now().getTime() + days * DAY_MS) }),
      });
      process.stdout.write(`${token.secret}\n`);
    });
  },
};
