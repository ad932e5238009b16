import { parseArgs } from 'node:util';
import type { OrganisationContext } from '../domain/context.ts';
import type { Account } from '../domain/roles/index.ts';
import { type Command, CommandError, expectAction, UsageError, withInstallation } from './command.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 3650;

/** Makes a token for the management API and prints it, once. */
export const tokenCommand: Command = {
  name: 'token create',
  summary: 'make a token for the management API',
  help: `Usage: portico token create --name <name> [--days <n> | --never-expires] 
                            [--administrator <email> | --system-account <name>]

Prints a new bearer token for the management API. It is shown now and never again.

  --name <name>             what the token is for
  --days <n>                days until it expires (90 unless told otherwise, at most ${MAX_DAYS})
  --never-expires           make one without an end
  --administrator <email>   whose token it is: it may do what they may
  --system-account <name>   the same for a machine
Without either, it is nobody's in particular and may do everything.
`,
  run: async (args) => {
    const { values } = parseArgs({
      args: [...expectAction(args, 'token', 'create')],
      options: {
        name: { type: 'string' },
        days: { type: 'string' },
        'never-expires': { type: 'boolean' },
        administrator: { type: 'string' },
        'system-account': { type: 'string' },
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
      const { createToken } = await import('../domain/tokens/index.ts');
      const token = await createToken(organisation, {
        name,
        owner: await ownerOf(organisation, values),
        expiresAt: values['never-expires'] ? undefined : new Date(organisation.now().getTime() + days * DAY_MS),
      });
      process.stdout.write(`${token.secret}\n`);
    });
  },
};

/** Whose token it shall be, by what the command line says. */
const ownerOf = async (
  organisation: OrganisationContext,
  { administrator, 'system-account': machine }: { administrator?: string; 'system-account'?: string },
): Promise<Account | undefined> => {
  if (administrator !== undefined && machine !== undefined)
    throw new UsageError('--administrator and --system-account exclude each other');
  if (administrator !== undefined) {
    const { findAdministratorByEmail } = await import('../domain/administrators/index.ts');
    const person = await findAdministratorByEmail(organisation, administrator);
    if (!person) throw new CommandError(`there is no administrator with the address ${administrator}`);
    return { kind: 'administrator', id: person.id };
  }
  if (machine === undefined) return undefined;
  const { findSystemAccountByName } = await import('../domain/system-accounts/index.ts');
  const account = await findSystemAccountByName(organisation, machine);
  if (!account) throw new CommandError(`there is no system account with the name ${machine}`);
  return { kind: 'system-account', id: account.id };
};
