import { PassThrough, Readable } from 'node:stream';

import { type AccountsContext, createAccountsContext } from '../../../../test/accounts-context';
import { UsersService } from '../users.service';
import { createUser } from './create-user.command';

const ADA = ['--name', 'Ada Moss', '--email', 'Ada@example.com'];
const PASSWORD = 'correct-horse-battery';

describe('The command that makes a user', () => {
  let context: AccountsContext;

  beforeAll(async () => {
    context = await createAccountsContext();
  });
  afterEach(() => context.users.deleteMany({}));
  afterAll(() => context.close());

  /** Runs it with this input; answers its exit code and all that it printed. */
  async function run(args: string[], input: Readable = Readable.from([`${PASSWORD}\nnot this\n`])) {
    const printed: string[] = [];
    const output = new PassThrough().setEncoding('utf8').on('data', (text: string) => printed.push(text));
    const exitCode = await createUser({
      arguments: args,
      input,
      output,
      notes: output,
      createAccount: (account, role) => context.get(UsersService).createAccount(account, role),
    });
    await new Promise((resolve) => output.end(resolve));
    return { exitCode, printed: printed.join('') };
  }

  /** A terminal at which these lines are typed, one at each prompt, and Ctrl+C when there are no more. */
  function terminal(...lines: string[]): Readable {
    const keyboard = new PassThrough();
    const typeNext = () => keyboard.write(`${lines.shift() ?? '\u0003'}\r`);
    return Object.assign(keyboard, {
      isTTY: true,
      // Readline asks for raw mode when it begins to listen; then the person types.
      setRawMode: (isRaw: boolean) => isRaw && setImmediate(typeNext),
    });
  }

  it('makes an admin with the password of the first line of the input', async () => {
    expect(await run(ADA)).toEqual({ exitCode: 0, printed: 'Made Ada Moss <ada@example.com>, an admin.\n' });

    expect(await context.users.find().lean()).toMatchObject([{ email: 'ada@example.com', role: 'admin' }]);
  });

  it('makes a customer when told to', async () => {
    expect(await run([...ADA, '--role', 'user'])).toMatchObject({ exitCode: 0 });

    expect(await context.users.find().lean()).toMatchObject([{ role: 'user' }]);
  });

  it('asks for the password twice at a terminal and never shows it', async () => {
    const { exitCode, printed } = await run(ADA, terminal(PASSWORD, PASSWORD));

    expect(printed).toBe(
      'Password: \nThe same password again: \nMade Ada Moss <ada@example.com>, an admin.\n',
    );
    expect(exitCode).toBe(0);
  });

  it('makes nothing when the two differ', async () => {
    const { exitCode, printed } = await run(ADA, terminal(PASSWORD, 'another-horse-battery'));

    expect(exitCode).toBe(1);
    expect(printed).toContain('The two passwords are not the same. Nothing was made.');
    expect(await context.users.countDocuments({})).toBe(0);
  });

  it('makes nothing when the person leaves at a prompt', async () => {
    const { exitCode, printed } = await run(ADA, terminal(PASSWORD));

    expect(exitCode).toBe(1);
    expect(printed).toContain('Stopped. Nothing was made.');

    expect(await context.users.countDocuments({})).toBe(0);
  });

  it('says when the email is taken', async () => {
    await run(ADA);

    const { exitCode, printed } = await run(ADA);

    expect(exitCode).toBe(1);
    expect(printed).toContain('There is an account with this email address already.');
  });

  it.each([
    ['a short password', ADA, 'short\n', 'password must be longer than or equal to 10 characters'],
    ['a bad email address', ['--name', 'Ada', '--email', 'ada'], PASSWORD, 'email must be an email address'],
    ['a blank name', ['--name', ' ', '--email', 'ada@example.com'], PASSWORD, 'name must be'],
    ['no password', ADA, '', 'There is no password in the input.'],
  ])('refuses %s with the rule it breaks', async (_name, args, input, rule) => {
    const { exitCode, printed } = await run(args, Readable.from(input ? [input] : []));

    expect({ exitCode, printed }).toEqual({ exitCode: 1, printed: expect.stringContaining(rule) });
    expect(await context.users.countDocuments({})).toBe(0);
  });

  it.each([
    ['a missing name', ['--email', 'ada@example.com']],
    ['a missing email', ['--name', 'Ada']],
    ['an unknown role', [...ADA, '--role', 'owner']],
    ['a password among the arguments', [...ADA, '--password', PASSWORD]],
    ['something unasked for', [...ADA, PASSWORD]],
  ])('explains its usage at %s', async (_name, args) => {
    const { exitCode, printed } = await run(args);

    expect(exitCode).toBe(2);
    expect(printed).toContain('npm run user:create --');
    expect(await context.users.countDocuments({})).toBe(0);
  });
});
