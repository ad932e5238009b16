import type { Installation } from '../compose.ts';
import { readConfig } from '../config.ts';
import { environment } from '../environment.ts';

/** A command of the command line. */
export interface Command {
  /** The first word selects the command: `token create`. */
  readonly name: string;
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** Does it. Throws UsageError for a command line that makes no sense, any other error for a failure. */
  readonly run: (args: readonly string[]) => Promise<void>;
}

/** The command line makes no sense; the message says why. */
export class UsageError extends Error {}

/** The command failed for a reason that the operator can mend; the message says how. */
export class CommandError extends Error {}

/** Runs an act on the installation of the environment's settings, its databases migrated, and closes it afterwards. */
export const withInstallation = async <T>(act: (installation: Installation) => Promise<T>): Promise<T> => {
  const config = readConfig({ LOG_LEVEL: 'warn', ...environment() });
  const { compose } = await import('../compose.ts'); // whoever only asks for help does not wait for the whole program
  const installation = await compose(config);
  try {
    await installation.prepare();
    return await act(installation);
  } finally {
    await installation.close();
  }
};

/** Checks the second word of a command such as `token create`. */
export const expectAction = (args: readonly string[], command: string, action: string): readonly string[] => {
  const [given, ...rest] = args;
  if (given !== action)
    throw new UsageError(given === undefined ? `say "${command} ${action}"` : `"${command} ${given}" is not a command`);
  return rest;
};
