import { type AccountsContext, createAccountsContext } from '../../../test/accounts-context';
import { PasswordHasher } from './password-hasher.service';
import { UserDirectory } from './user-directory.service';
import { UsersService } from './users.service';

const CORA = { name: '  Cora\n Lane ', email: ' Cora@Example.com ', password: 'correct-horse-battery' };

describe('UsersService', () => {
  let context: AccountsContext;
  let users: UsersService;

  beforeAll(async () => {
    context = await createAccountsContext();
    users = context.get(UsersService);
  });
  afterAll(() => context.close());
  afterEach(() => context.users.deleteMany({}));

  it('stores name and email in their one form, and the password as an argon2id hash only', async () => {
    const account = await users.createAccount(CORA, 'user');

    const stored = await users.findById(account._id.toHexString());
    expect(stored).toMatchObject({ name: 'Cora Lane', email: 'cora@example.com', role: 'user' });
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(stored)).not.toContain(CORA.password);
  });

  it('makes one account when many ask for one email at once, and answers the others email_taken', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => users.createAccount(CORA, 'user')),
    );

    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(19);
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(19).fill('email_taken'));
    expect(await context.users.countDocuments({})).toBe(1);
  });

  it('finds an account whatever the case of its email', async () => {
    const account = await users.createAccount(CORA, 'user');

    expect((await users.findAccount('CORA@example.COM'))?._id).toEqual(account._id);
    expect(await users.findAccount('nobody@example.com')).toBeNull();
  });

  it('changes no password that was changed since it was read', async () => {
    const account = await users.createAccount(CORA, 'user');

    expect(await users.changePassword(account, 'first-new-password', 'kept')).toBe(true);
    expect(await users.changePassword(account, 'second-new-password', 'kept')).toBe(false);

    const stored = await users.findAccount(CORA.email);
    expect(await context.get(PasswordHasher).verify('first-new-password', stored?.passwordHash)).toBe(true);
  });

  it('lets the directory know at once when somebody is disabled', async () => {
    const id = (await users.createAccount(CORA, 'user'))._id.toHexString();
    const directory = context.get(UserDirectory);
    expect((await directory.people([id])).get(id)).toMatchObject({ isDisabled: false });

    await users.disable(id);

    expect((await directory.people([id])).get(id)).toMatchObject({ isDisabled: true });
  });
});
