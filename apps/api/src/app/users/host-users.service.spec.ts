import { firstValueFrom } from 'rxjs';

import { type AccountsContext, createAccountsContext } from '../../../test/accounts-context';
import { type HostProfile } from './host-profile';
import { HostUsersService } from './host-users.service';
import { type User } from './schemas/user.schema';
import { SessionEndings } from './session-endings.service';
import { UserDirectory } from './user-directory.service';
import { UsersService } from './users.service';

const HANNA: HostProfile = {
  issuer: 'https://host.example',
  subject: 'hanna-1',
  name: 'Hanna Berg',
  email: 'hanna@example.com',
  role: 'user',
  issuedAt: 1_000,
  expiresAt: 5_000,
};

describe('HostUsersService', () => {
  let context: AccountsContext;

  beforeAll(async () => {
    context = await createAccountsContext();
  });
  afterAll(() => context.close());
  afterEach(() => context.users.deleteMany({}));

  const meet = (profile: HostProfile) => context.get(HostUsersService).meet(profile);
  const follow = (user: User, profile: HostProfile, token = 'a fingerprint') =>
    context.get(HostUsersService).follow(user, profile, token);
  const meetAndFollow = async (profile: HostProfile, token?: string): Promise<User> => {
    const followed = await follow(await meet(profile), profile, token);
    if (!followed) throw new Error('Somebody else changed the person meanwhile.');
    return followed;
  };

  it('makes one person when a new one is met many times at once', async () => {
    const met = await Promise.all(Array.from({ length: 30 }, () => meet(HANNA)));

    expect(new Set(met.map(({ _id }) => _id.toHexString())).size).toBe(1);
    expect(await context.users.countDocuments({})).toBe(1);
  });

  it('never takes over the own account with the same email', async () => {
    const account = await context
      .get(UsersService)
      .createAccount({ name: 'Hanna', email: HANNA.email, password: 'correct-horse-battery' }, 'admin');

    const met = await meet({ ...HANNA, issuer: '', subject: HANNA.email });

    expect(met._id).not.toEqual(account._id);
    expect(met).toMatchObject({ email: HANNA.email, role: 'user' });
    expect(await context.get(UsersService).findAccount(HANNA.email)).toMatchObject({
      _id: account._id,
      role: 'admin',
    });
  });

  it('keeps people apart whose issuer or subject differs, also with one email', async () => {
    const met = await Promise.all([
      meet(HANNA),
      meet({ ...HANNA, issuer: '' }),
      meet({ ...HANNA, subject: 'hanna-2' }),
    ]);

    expect(new Set(met.map(({ _id }) => _id.toHexString())).size).toBe(3);
  });

  it('follows name, email and role of the newest token, and tells the directory', async () => {
    const { _id } = await meetAndFollow(HANNA);
    const id = _id.toHexString();
    const directory = context.get(UserDirectory);
    await directory.people([id]);

    const renamed = { name: 'Hanna Holm', email: 'holm@example.com', role: 'admin' as const };
    const met = await meetAndFollow({ ...HANNA, ...renamed, issuedAt: 1_001 });

    expect(met).toMatchObject({ _id, ...renamed });
    expect(await context.users.findById(id).lean()).toMatchObject(renamed);
    expect((await directory.people([id])).get(id)).toMatchObject(renamed);
  });

  it('ends all sessions but this one of an admin who is one no longer', async () => {
    await meetAndFollow({ ...HANNA, role: 'admin' });

    const told = firstValueFrom(context.get(SessionEndings).endings);

    const met = await meetAndFollow({ ...HANNA, issuedAt: 1_001 }, 'the new one');

    expect(await told).toEqual({ userId: met._id.toHexString(), exceptTokenFingerprint: 'the new one' });
    const ended = {
      keptTokenFingerprint: 'the new one',
      sessionGeneration: 1,
      sessionsEndedAt: expect.any(Date),
    };
    expect(met).toMatchObject({ role: 'user', ...ended });
    expect(await context.users.findById(met._id).lean()).toMatchObject({ role: 'user', ...ended });
  });

  it('ends no session at any other change', async () => {
    await meetAndFollow(HANNA);

    expect(await meetAndFollow({ ...HANNA, name: 'Hanna Holm', role: 'admin' })).toMatchObject({
      sessionsEndedAt: null,
    });
  });

  it('changes nothing for an older token that is still in use', async () => {
    await meetAndFollow({ ...HANNA, name: 'Hanna Holm', issuedAt: 2_000 });

    expect(await meetAndFollow(HANNA)).toMatchObject({ name: 'Hanna Holm' });
  });

  it('changes nothing for a token without a time of issue that ends sooner than another', async () => {
    const untimed = { ...HANNA, issuedAt: null };
    await meetAndFollow({ ...untimed, name: 'Hanna Holm', expiresAt: 6_000 });

    expect(await meetAndFollow(untimed)).toMatchObject({ name: 'Hanna Holm' });
    expect(await meetAndFollow({ ...untimed, name: 'Hanna Dahl', expiresAt: 7_000 })).toMatchObject({
      name: 'Hanna Dahl',
    });
  });

  it('follows a person who was stored without any time of a token', async () => {
    const { _id } = await meet(HANNA);
    await context.users.collection.updateOne(
      { _id },
      { $unset: { profileIssuedAt: 1, newestTokenExpiry: 1, endedTokenExpiry: 1 } },
    );

    expect(await meetAndFollow({ ...HANNA, name: 'Hanna Holm' })).toMatchObject({ name: 'Hanna Holm' });
  });

  describe('when the person has changed since the token was judged', () => {
    const holm = { ...HANNA, name: 'Hanna Holm', issuedAt: 1_001 };

    it.each<[string, (read: User) => Promise<unknown>]>([
      ['by a newer token', () => meetAndFollow({ ...HANNA, name: 'Hanna Dahl', issuedAt: 1_002 })],
      ['by one that ends later', () => meetAndFollow({ ...HANNA, issuedAt: null, expiresAt: 6_000 })],
      ['by an ending', ({ _id }) => context.get(UsersService).endOtherSessions(_id.toHexString(), 'kept')],
    ])('%s takes nothing from it', async (_name, change) => {
      const read = await meetAndFollow(HANNA);
      await change(read);
      const changed = await context.users.findById(read._id).lean();

      expect(await follow(read, holm)).toBeNull();
      expect(await context.users.findById(read._id).lean()).toEqual(changed);
    });
  });
});
