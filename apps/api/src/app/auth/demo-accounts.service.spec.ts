import { type AccountsContext, createAccountsContext, TEST_JWT_SECRET } from '../../../test/accounts-context';
import { Environment } from '../config/environment';
import { UsersService } from '../users/users.service';
import { AuthService } from './auth.service';
import { DEMO_ACCOUNTS, DemoAccounts } from './demo-accounts.service';
import { TokenAuthenticator } from './token-authenticator.service';

describe('DemoAccounts', () => {
  let context: AccountsContext;

  beforeAll(async () => {
    context = await createAccountsContext();
  });
  afterEach(() => context.users.deleteMany({}));
  afterAll(() => context.close());

  const start = (variables: NodeJS.ProcessEnv) =>
    new DemoAccounts(
      Environment.read({ JWT_SECRET: TEST_JWT_SECRET, ...variables }),
      context.get(UsersService),
    ).onApplicationBootstrap();
  const signIn = () => Promise.all(DEMO_ACCOUNTS.map((account) => context.get(AuthService).login(account)));

  const TRYING_OUT = {};
  const PRODUCTION = { NODE_ENV: 'production' };
  const OTHER_DATABASE = { MONGODB_URI: 'mongodb://127.0.0.1/elite-chat' };

  it('makes a customer and an admin that can sign in', async () => {
    await start(TRYING_OUT);

    expect((await signIn()).map(({ user }) => [user.name, user.role])).toEqual([
      ['Cora Lane', 'user'],
      ['Ada Moss', 'admin'],
    ]);
  });

  it('finds them again at the next start, also when two start at once', async () => {
    await Promise.all([start(TRYING_OUT), start(TRYING_OUT)]);
    await start(TRYING_OUT);

    expect(await context.users.countDocuments({})).toBe(2);
  });

  it('disables them in production, with the sessions they have', async () => {
    await start(TRYING_OUT);
    const sessions = await signIn();

    await start(PRODUCTION);

    await expect(signIn()).rejects.toMatchObject({ code: 'invalid_credentials' });
    for (const { token } of sessions) {
      await expect(context.get(TokenAuthenticator).authenticate(token)).rejects.toMatchObject({
        code: 'unauthorized',
      });
    }
  });

  it('opens them again where they are announced again, but not the sessions of before', async () => {
    await start(TRYING_OUT);
    const [session] = await signIn();
    await start(PRODUCTION);

    await start(TRYING_OUT);

    await expect(signIn()).resolves.toHaveLength(2);
    await expect(context.get(TokenAuthenticator).authenticate(session?.token)).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('leaves them as they are where they are neither wanted nor in production', async () => {
    await start(TRYING_OUT);
    await start(OTHER_DATABASE);

    await expect(signIn()).resolves.toHaveLength(2);
  });

  it('makes none in production, nor with a database of somebody else', async () => {
    await start(PRODUCTION);
    await start(OTHER_DATABASE);

    expect(await context.users.countDocuments({})).toBe(0);
  });
});
