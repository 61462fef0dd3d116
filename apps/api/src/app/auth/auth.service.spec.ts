import { JwtService } from '@nestjs/jwt';

import { type AccountsContext, createAccountsContext, TEST_JWT_SECRET } from '../../../test/accounts-context';
import { PasswordHasher } from '../users/password-hasher.service';
import { UsersService } from '../users/users.service';
import { AuthService } from './auth.service';
import { LoginSlowdown } from './login-slowdown.service';
import { TokenAuthenticator } from './token-authenticator.service';

const CORA = { name: 'Cora Lane', email: 'cora@example.com', password: 'correct-horse-battery' };
const NEXT = 'another-horse-battery';
const UNAUTHORIZED = { code: 'unauthorized' };

describe('AuthService', () => {
  let context: AccountsContext;
  let auth: AuthService;

  beforeAll(async () => {
    context = await createAccountsContext();
    auth = context.get(AuthService);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    context.get(LoginSlowdown).succeeded(CORA.email);
    await context.users.deleteMany({});
  });
  afterAll(() => context.close());

  const whoHolds = (token: string) => context.get(TokenAuthenticator).authenticate(token);

  it('registers a customer and signs them in', async () => {
    const { token, user } = await auth.register(CORA);

    expect(user).toEqual({ id: expect.any(String), name: 'Cora Lane', email: CORA.email, role: 'user' });
    expect(await whoHolds(token)).toMatchObject(user);
  });

  it('makes no admin, whatever a registration says', async () => {
    const { user } = await auth.register(Object.assign({ role: 'admin' }, CORA));

    expect(user.role).toBe('user');
  });

  it('answers one of many registrations of an email, and the others email_taken', async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => auth.register(CORA)));

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'email_taken' });
    }
  });

  it('signs in with the right password, whatever the case of the email', async () => {
    const { user } = await auth.register(CORA);

    const session = await auth.login({ email: ' CORA@example.com ', password: CORA.password });

    expect(session.user).toEqual(user);
    expect(await whoHolds(session.token)).toMatchObject(user);
  });

  it('checks one password hash of the same cost for an unknown email as for a wrong password', async () => {
    await auth.register(CORA);
    const verify = jest.spyOn(context.get(PasswordHasher), 'verify');
    const beforeAttempt = jest.spyOn(context.get(LoginSlowdown), 'beforeAttempt');

    const refusals = await Promise.all(
      ['nobody@example.com', CORA.email].map((email) =>
        auth.login({ email, password: 'wrong-password' }).catch((error: unknown) => error),
      ),
    );

    expect(refusals[0]).toMatchObject({ code: 'invalid_credentials' });
    expect(refusals[1]).toEqual(refusals[0]);
    expect(verify).toHaveBeenCalledTimes(2);
    expect(beforeAttempt).toHaveBeenCalledTimes(2);
  });

  it('answers a disabled account as if it were unknown', async () => {
    const { user } = await auth.register(CORA);
    await context.get(UsersService).disable(user.id);

    await expect(auth.login(CORA)).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('never refuses the right password, however many wrong ones came before', async () => {
    await auth.register(CORA);
    for (let failure = 0; failure < 4; failure += 1) {
      await expect(auth.login({ ...CORA, password: 'wrong-password' })).rejects.toMatchObject({
        code: 'invalid_credentials',
      });
    }

    await expect(auth.login(CORA)).resolves.toMatchObject({ user: { email: CORA.email } });
  });

  it('signs the same person in many times at once, each a session of its own', async () => {
    await auth.register(CORA);

    const sessions = await Promise.all(Array.from({ length: 3 }, () => auth.login(CORA)));

    const fingerprints = await Promise.all(sessions.map(({ token }) => whoHolds(token)));
    expect(new Set(fingerprints.map(({ tokenFingerprint }) => tokenFingerprint)).size).toBe(3);
  });

  it('changes the password, keeps the calling session and ends every other of the same second', async () => {
    const other = await auth.register(CORA);
    const calling = await auth.login(CORA);

    await auth.changePassword(await whoHolds(calling.token), { current: CORA.password, next: NEXT });

    await expect(whoHolds(calling.token)).resolves.toMatchObject({ email: CORA.email });
    await expect(whoHolds(other.token)).rejects.toMatchObject(UNAUTHORIZED);
    await expect(auth.login(CORA)).rejects.toMatchObject({ code: 'invalid_credentials' });
    const { token } = await auth.login({ ...CORA, password: NEXT });
    await expect(whoHolds(token)).resolves.toMatchObject({ email: CORA.email });
  });

  it('changes nothing when the current password is wrong, and names the field', async () => {
    const { token } = await auth.register(CORA);
    const caller = await whoHolds(token);

    await expect(
      auth.changePassword(caller, { current: 'wrong-password', next: NEXT }),
    ).rejects.toMatchObject({
      code: 'invalid_credentials',
      details: [{ field: 'current' }],
    });
    await expect(auth.login(CORA)).resolves.toBeDefined();
  });

  it('sends a host user to the host application for a new password', async () => {
    const claims = { sub: 'hanna-1', name: 'Hanna Berg', email: 'hanna@example.com', exp: 4_000_000_000 };
    const caller = await whoHolds(new JwtService().sign(claims, { secret: TEST_JWT_SECRET }));

    await expect(auth.changePassword(caller, { current: '', next: NEXT })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await context.users.findById(caller.id).lean()).not.toHaveProperty('passwordHash');
  });

  it('slows guessing of the current password down like guessing at sign-in', async () => {
    const { token } = await auth.register(CORA);
    const beforeAttempt = jest.spyOn(context.get(LoginSlowdown), 'beforeAttempt');

    await auth.changePassword(await whoHolds(token), { current: CORA.password, next: NEXT });

    expect(beforeAttempt).toHaveBeenCalledWith(CORA.email);
  });

  it('signs out everywhere but here, again and again', async () => {
    const first = await auth.register(CORA);
    const second = await auth.login(CORA);

    await auth.signOutEverywhere(await whoHolds(first.token));
    await expect(whoHolds(second.token)).rejects.toMatchObject(UNAUTHORIZED);

    const third = await auth.login(CORA);
    await auth.signOutEverywhere(await whoHolds(third.token));
    await expect(whoHolds(first.token)).rejects.toMatchObject(UNAUTHORIZED);
    await expect(whoHolds(third.token)).resolves.toMatchObject({ email: CORA.email });
  });

  it('ends a session that began with the old password while it was being changed', async () => {
    const { token } = await auth.register(CORA);
    const caller = await whoHolds(token);

    const [, login] = await Promise.allSettled([
      auth.changePassword(caller, { current: CORA.password, next: NEXT }),
      auth.login(CORA),
    ]);

    if (login.status === 'fulfilled') {
      await expect(whoHolds(login.value.token)).rejects.toMatchObject(UNAUTHORIZED);
    }
    await expect(whoHolds(token)).resolves.toBeDefined();
  });
});
