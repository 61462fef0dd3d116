import { parseArgs } from 'node:util';

import { RegisterDto, USER_ROLES, type UserRole } from '@elite-chat/contracts';

import { ApiError } from '../../errors/api-error';
import { validateInput } from '../../validation/validate-input';
import { type User } from '../schemas/user.schema';
import { type PasswordRefusal, type PasswordSource, readPassword } from './read-password';

export const USAGE = `Makes an account, an admin's unless told otherwise.

  npm run user:create -- --name "Nora Field" --email nora@example.com [--role ${USER_ROLES.toReversed().join('|')}]

The password is asked for, or read from the first line of the input where that is no terminal.`;

/** What the command needs of the world outside. */
export interface CreateUserSurroundings {
  /** Arguments after the command's name. */
  arguments: string[];
  input: PasswordSource;
  /** Takes what was made. */
  output: NodeJS.WritableStream;
  /** Takes the prompts, and what was wrong. */
  notes: NodeJS.WritableStream;
  /** Makes the account in the database. */
  createAccount: (account: RegisterDto, role: UserRole) => Promise<User>;
}

const NO_PASSWORD: Record<PasswordRefusal['refused'], string> = {
  missing: 'There is no password in the input.',
  different: 'The two passwords are not the same.',
  left: 'Stopped.',
};

/** Ends of the command, as a shell sees them. */
export const EXIT_CODE = { made: 0, refused: 1, wrongUsage: 2 } as const;

/** Makes an account from the command line; answers the exit code. */
export async function createUser(surroundings: CreateUserSurroundings): Promise<number> {
  const note = (line: string) => surroundings.notes.write(`${line}\n`);
  const options = readOptions(surroundings.arguments);
  if (typeof options === 'string') {
    note(`${options}\n\n${USAGE}`);
    return EXIT_CODE.wrongUsage;
  }
  const password = await readPassword(surroundings.input, surroundings.notes);
  if (typeof password !== 'string') {
    note(`${NO_PASSWORD[password.refused]} Nothing was made.`);
    return EXIT_CODE.refused;
  }
  const { name, email, role } = options;
  try {
    const account = validateInput(RegisterDto, { name, email, password });
    const user = await surroundings.createAccount(account, role);
    const kind = role === 'admin' ? 'an admin' : 'a customer';
    surroundings.output.write(`Made ${user.name} <${user.email}>, ${kind}.\n`);
    return EXIT_CODE.made;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    note(`Nothing was made. ${error.message}`);
    for (const { message } of error.details ?? []) note(`  ${message}`);
    return EXIT_CODE.refused;
  }
}

/** The options, or what is wrong with them. */
function readOptions(args: string[]): { name: string; email: string; role: UserRole } | string {
  let values: { name?: string; email?: string; role: string };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        name: { type: 'string' },
        email: { type: 'string' },
        role: { type: 'string', default: 'admin' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { name, email } = values;
  const role = USER_ROLES.find((known) => known === values.role);
  if (name === undefined) return 'The name is missing: --name "Nora Field"';
  if (email === undefined) return 'The email address is missing: --email nora@example.com';
  if (!role) return `The role must be one of ${USER_ROLES.join(', ')}.`;
  return { name, email, role };
}
