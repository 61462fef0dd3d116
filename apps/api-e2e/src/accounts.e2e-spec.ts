import { randomUUID } from 'node:crypto';

import { apiPaths, type SessionDto, type UserDto } from '@elite-chat/contracts';

import { ConnectionRefused } from './support/chat-socket';
import { DEMO_ADMIN, DEMO_CUSTOMER } from './support/people';
import { RestClient, withoutRequestId } from './support/rest-client';
import { useStage } from './support/stage';
import { inSeconds, readClaims } from './support/tokens';

const stage = useStage();

const anAccount = () => ({
  name: 'Cora Lane',
  email: `${randomUUID()}@example.com`,
  password: 'correct-horse',
});

describe('registering', () => {
  it('makes a customer and signs in', async () => {
    const account = anAccount();
    const { status, body } = await stage.people.nobody.post<SessionDto>(apiPaths.register, account);
    expect(status).toBe(201);
    expect(body).toEqual({
      token: expect.any(String),
      user: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        name: 'Cora Lane',
        email: account.email,
        role: 'user',
      },
    });
    const me = await new RestClient(stage.api.url, body.token).get<UserDto>(apiPaths.me);
    expect(me.status).toBe(200);
    expect(me.body).toEqual(body.user);
  });

  it('trims and lower-cases the email, and tidies the name', async () => {
    const account = anAccount();
    const { body } = await stage.people.nobody.post<SessionDto>(apiPaths.register, {
      ...account,
      email: `  ${account.email.toUpperCase()} `,
      name: '  Rene\u0301   Lane ',
    });
    expect(body.user).toMatchObject({ email: account.email, name: 'Ren\u00E9 Lane' });
  });

  it('refuses an email that is taken, in whatever case', async () => {
    const account = anAccount();
    await stage.people.nobody.post(apiPaths.register, account);
    const { status, body } = await stage.people.nobody.post(apiPaths.register, {
      ...account,
      email: account.email.toUpperCase(),
    });
    expect([status, body.code]).toEqual([409, 'email_taken']);
  });

  it('makes one account of twenty calls at once', async () => {
    const account = anAccount();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => stage.people.nobody.post(apiPaths.register, account)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  });

  it('never makes an admin', async () => {
    const { status, body } = await stage.people.nobody.post(apiPaths.register, {
      ...anAccount(),
      role: 'admin',
    });
    expect([status, body.code, body.details?.[0]?.field]).toEqual([400, 'validation_failed', 'role']);
  });
});

describe('signing in', () => {
  it('gives a token that expires', async () => {
    const customer = await stage.people.customer();
    const { status, body } = await stage.people.nobody.post<SessionDto>(apiPaths.login, {
      email: ` ${customer.user.email.toUpperCase()}`,
      password: customer.password,
    });
    expect(status).toBe(200);
    expect(body.user).toEqual(customer.user);
    expect(readClaims(body.token)['exp']).toBeGreaterThan(inSeconds(60));
  });

  it('works with the demo accounts', async () => {
    const customer = await stage.people.signIn(DEMO_CUSTOMER);
    const admin = await stage.people.signIn(DEMO_ADMIN);
    expect([customer.user.role, admin.user.role]).toEqual(['user', 'admin']);
  });

  it('tells nobody whether an email has an account', async () => {
    const customer = await stage.people.customer();
    const wrongPassword = await stage.people.nobody.post(apiPaths.login, {
      email: customer.user.email,
      password: 'not-the-password',
    });
    const unknownEmail = await stage.people.nobody.post(apiPaths.login, {
      email: `${randomUUID()}@example.com`,
      password: 'not-the-password',
    });
    expect([wrongPassword.status, wrongPassword.body.code]).toEqual([401, 'invalid_credentials']);
    expect(unknownEmail.status).toBe(401);
    expect(withoutRequestId(unknownEmail.body)).toEqual(withoutRequestId(wrongPassword.body));
  });

  it('does not lock out somebody whose password others guess at', async () => {
    const customer = await stage.people.customer();
    const credentials = { email: customer.user.email, password: customer.password };
    for (let guess = 0; guess < 4; guess++) {
      await stage.people.nobody.post(apiPaths.login, { ...credentials, password: `guess-${guess}` });
    }
    expect((await stage.people.nobody.post(apiPaths.login, credentials)).status).toBe(200);
  });
});

describe('changing the password', () => {
  it('ends every other session and socket, and keeps this one', async () => {
    const here = await stage.people.customer();
    const there = await stage.people.signIn({ email: here.user.email, password: here.password });
    const hereSocket = await here.connect();
    const thereSocket = await there.connect();
    const next = `next-${randomUUID()}`;

    const changed = await here.rest.post(apiPaths.password, { current: here.password, next });

    expect(changed.status).toBe(204);
    await thereSocket.isDisconnected();
    expect(hereSocket.socket.connected).toBe(true);
    expect((await here.rest.get(apiPaths.me)).status).toBe(200);
    const other = await there.rest.get(apiPaths.me);
    expect([other.status, other.body.code]).toEqual([401, 'unauthorized']);
    await expect(there.connect()).rejects.toThrow('unauthorized');
    const { email } = here.user;
    const old = await stage.people.nobody.post(apiPaths.login, { email, password: here.password });
    expect([old.status, old.body.code]).toEqual([401, 'invalid_credentials']);
    const again = await stage.people.signIn({ email, password: next });
    expect((await again.rest.get(apiPaths.me)).status).toBe(200);
    expect((await again.connect()).socket.connected).toBe(true);
  });

  it('needs the current one', async () => {
    const customer = await stage.people.customer();
    const { status, body } = await customer.rest.post(apiPaths.password, {
      current: 'not-the-password',
      next: 'another-password',
    });
    expect([status, body.code]).toEqual([401, 'invalid_credentials']);
    expect(
      (await stage.people.signIn({ email: customer.user.email, password: customer.password })).token,
    ).toBeTruthy();
  });
});

describe('signing out everywhere', () => {
  it('ends every other session and socket, and keeps this one', async () => {
    const here = await stage.people.customer();
    const credentials = { email: here.user.email, password: here.password };
    const there = await stage.people.signIn(credentials);
    const thereSocket = await there.connect();

    expect((await here.rest.post(apiPaths.signOutEverywhere)).status).toBe(204);

    await thereSocket.isDisconnected();
    expect((await there.rest.get(apiPaths.me)).status).toBe(401);
    await expect(there.connect()).rejects.toBeInstanceOf(ConnectionRefused);
    expect((await here.rest.get(apiPaths.me)).status).toBe(200);
    expect((await stage.people.signIn(credentials)).user).toEqual(here.user);
  });

  it('touches nobody else', async () => {
    const [here, other] = [await stage.people.customer(), await stage.people.customer()];
    const socket = await other.connect();
    await here.rest.post(apiPaths.signOutEverywhere);
    await socket.isUpToDate();
    expect((await other.rest.get(apiPaths.me)).status).toBe(200);
  });
});
