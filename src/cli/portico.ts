#!/usr/bin/env node
import { ConfigError } from '../config.ts';
import { DomainError } from '../domain/errors.ts';
import { adminCommand } from './admin.ts';
import { type Command, CommandError, UsageError } from './command.ts';
import { migrateCommand } from './migrate.ts';
import { reindexCommand } from './reindex.ts';
import { seedCommand } from './seed.ts';
import { serveCommand } from './serve.ts';
import { tokenCommand } from './token.ts';

const COMMANDS: readonly Command[] = [serveCommand, migrateCommand, seedCommand, tokenCommand, adminCommand, reindexCommand];

const overview = (): string => `Usage: portico <command> [options]

Commands:
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`).join('\n')}

Run "portico <command> --help" for its options. Settings come from the environment; the README lists them.
`;

/** Runs a command line; answers the exit code: 0 done, 1 failed, 2 not understood. */
const main = async (args: readonly string[]): Promise<number> => {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview());
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name.split(' ')[0] === name);
  if (!command) {
    process.stderr.write(`portico: there is no command "${name}".\n\n${overview()}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  try {
    await command.run(rest);
    return 0;
  } catch (error) {
    return report(command, error);
  }
};

const report = (command: Command, error: unknown): number => {
  if (error instanceof UsageError || isParseArgsError(error)) {
    process.stderr.write(`portico: ${error.message}\n\n${command.help}`);
    return 2;
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`portico: these settings need attention:\n${error.message.replace(/^/gm, '  ')}\n`);
    return 1;
  }
  if (error instanceof DomainError) {
    const reasons = error.issues.map((issue) => `\n  ${issue.reason}`).join('');
    process.stderr.write(`portico: ${error.message}${reasons}\n`);
    return 1;
  }
  if (error instanceof CommandError) {
    process.stderr.write(`portico: ${error.message}\n`);
    return 1;
  }
  process.stderr.write(`portico: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
};

const isParseArgsError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

process.exitCode = await main(process.argv.slice(2));
