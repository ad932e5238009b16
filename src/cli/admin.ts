import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Installation } from '../compose.ts';
import type { AdministratorId } from '../domain/ids.ts';
import { type Command, CommandError, UsageError, withInstallation } from './command.ts';

/** Adds somebody who runs the installation, or lets them in again. */
export const adminCommand: Command = {
  name: 'admin create',
  summary: 'add an administrator; "admin reset": let one in again',
  help: `Usage: portico admin create --email <email> --name <name> [--password-stdin]
       portico admin reset --email <email> [--password-stdin]

create   adds somebody who may do everything
reset    lets somebody in who has lost their password or second factor: the second factor is turned off

Both print a link with which a password is chosen, once: within a week, or an hour to reset one.

  --password-stdin   take the password from standard input, and print no link
`,
  run: async (args) => {
    const [action, ...rest] = args;
    const { values } = parseArgs({
      args: rest,
      options: { email: { type: 'string' }, name: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
    });
    const { email, name } = values;
    const act = action === 'create' ? create : action === 'reset' ? reset : undefined;
    if (!act) throw new UsageError('say "admin create" or "admin reset"');
    if (email === undefined || (name === undefined && act === create))
      throw new UsageError(act === create ? 'both are needed: --email <email> --name <name>' : 'it is needed: --email <email>');
    const password = values['password-stdin'] ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
    await withInstallation((installation) => act(installation, { email, name: name ?? '', password }));
  },
};

/** Loaded when it is needed, as {@link withInstallation} loads the rest. */
const administrators = () => import('../domain/administrators/index.ts');

interface Given {
  readonly email: string;
  readonly name: string;
  readonly password: string | undefined;
}

const create = async (installation: Installation, given: Given): Promise<void> => {
  const { createOrganisationAdmin } = await administrators();
  const { id, name, email } = await createOrganisationAdmin(installation.organisation, given);
  process.stdout.write(`${name} <${email}> is an administrator now.\n`);
  if (given.password === undefined) await printLink(installation, 'invitation', id);
};

const reset = async (installation: Installation, { email, password }: Given): Promise<void> => {
  const { organisation } = installation;
  const { findAdministratorByEmail, resetSecondFactor, setPassword } = await administrators();
  const administrator = await findAdministratorByEmail(organisation, email);
  if (!administrator) throw new CommandError(`there is no administrator with the address ${email}`);
  const { id, hasSecondFactor, status } = administrator;
  if (status === 'deactivated') throw new CommandError(`${email} is deactivated: another administrator has to reactivate them`);
  if (password !== undefined) await setPassword(organisation, id, password);
  if (hasSecondFactor) await resetSecondFactor(organisation, id);
  if (password === undefined) await printLink(installation, 'password', id);
};

const printLink = async (
  { organisation, config }: Installation,
  purpose: 'invitation' | 'password',
  administratorId: AdministratorId,
): Promise<void> => {
  const { createAdministratorLink } = await administrators();
  const token = await createAdministratorLink(organisation, { purpose, administratorId });
  process.stdout.write(`Choose a password here:\n${config.baseUrl}/admin/password?token=${token}\n`);
};
