import { generateKeyPairSync } from 'node:crypto';

import { JwtService, type JwtSignOptions } from '@nestjs/jwt';
import { Types } from 'mongoose';

import { type AccountsContext, createAccountsContext, TEST_JWT_SECRET } from '../../../test/accounts-context';
import { type User } from '../users/schemas/user.schema';
import { UsersService } from '../users/users.service';
import { TokenAuthenticator } from './token-authenticator.service';
import { TokenIssuer } from './token-issuer.service';

const HANNA = { sub: 'hanna-1', name: 'Hanna Berg', email: 'hanna@example.com', role: 'user' };
const UNAUTHORIZED = { code: 'unauthorized' };

const jwt = new JwtService();

/** A token as the host application makes it; or as somebody forges it. */
function sign(claims: object, options: JwtSignOptions = {}): string {
  return jwt.sign(claims, { secret: TEST_JWT_SECRET, expiresIn: '1h', ...options });
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

describe('TokenAuthenticator', () => {
  let context: AccountsContext;
  let authenticator: TokenAuthenticator;
  let users: UsersService;
  let account: User;

  beforeAll(async () => {
    context = await createAccountsContext();
    authenticator = context.get(TokenAuthenticator);
    users = context.get(UsersService);
  });
  beforeEach(async () => {
    const cora = { name: 'Cora Lane', email: 'cora@example.com', password: 'correct-horse-battery' };
    account = await users.createAccount(cora, 'user');
  });
  afterEach(() => context.users.deleteMany({}));
  afterAll(() => context.close());

  describe('with a token of ours', () => {
    it('tells who holds it and until when', async () => {
      const token = await context.get(TokenIssuer).issue(account);

      const user = await authenticator.authenticate(token);

      expect(user).toEqual({
        id: account._id.toHexString(),
        name: 'Cora Lane',
        email: 'cora@example.com',
        role: 'user',
        tokenFingerprint: expect.stringMatching(/^[\w-]{43}$/),
        expiresAt: expect.any(Date),
      });
      expect(user.expiresAt.getTime() / 1000).toBe(jwt.decode(token).exp);
    });

    it('gives two sessions of the same second different fingerprints', async () => {
      const tokens = await Promise.all([1, 2].map(() => context.get(TokenIssuer).issue(account)));
      const [first, second] = await Promise.all(tokens.map((token) => authenticator.authenticate(token)));

      expect(first?.tokenFingerprint).not.toBe(second?.tokenFingerprint);
    });

    it.each([
      ['an id that nobody has', () => new Types.ObjectId().toHexString()],
      ['an id that is none', () => 'cora@example.com'],
      ['an object for an id', () => ({ $gt: '' })],
    ])('refuses %s', async (_name, sub) => {
      const forged = sign({ iss: 'elite-chat', sub: sub(), session: 0 });

      await expect(authenticator.authenticate(forged)).rejects.toMatchObject(UNAUTHORIZED);
    });

    it('refuses one made by the host application in our name, and makes no user of it', async () => {
      const sub = account._id.toHexString();
      const posing = sign({ ...HANNA, iss: 'elite-chat', sub });

      await expect(authenticator.authenticate(posing)).rejects.toMatchObject(UNAUTHORIZED);
      expect(await context.users.countDocuments({})).toBe(1);
    });

    it('refuses the id of a host user in our name', async () => {
      const { id } = await authenticator.authenticate(sign(HANNA));

      const posing = sign({ iss: 'elite-chat', sub: id, session: 0 });
      await expect(authenticator.authenticate(posing)).rejects.toMatchObject(UNAUTHORIZED);
    });

    it('refuses a disabled account', async () => {
      const token = await context.get(TokenIssuer).issue(account);
      await users.disable(account._id.toHexString());

      await expect(authenticator.authenticate(token)).rejects.toMatchObject(UNAUTHORIZED);
    });
  });

  describe('whatever the token', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

    it.each<[string, () => string | undefined]>([
      ['none', () => undefined],
      ['an empty one', () => ''],
      ['one that is no token', () => 'not.a.token'],
      ['one whose parts are not JSON', () => `${Buffer.from('{').toString('base64url')}.e30.x`],
      ['one whose payload is a text', () => jwt.sign('hanna', { secret: TEST_JWT_SECRET })],
      ['one signed with another secret', () => sign(HANNA, { secret: 'b'.repeat(40) })],
      ['one whose claims were changed', () => sign(HANNA).replace(/\.(.+)\./, `.${encode(HANNA)}.`)],
      ['one that has expired', () => sign(HANNA, { expiresIn: -1 })],
      ['one that is not valid yet', () => sign(HANNA, { notBefore: 60 })],
      [
        'one without a signature (alg none)',
        () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ ...HANNA, exp: nowInSeconds() + 60 })}.`,
      ],
      ['one with HS384', () => sign(HANNA, { algorithm: 'HS384' })],
      ['one with HS512', () => sign(HANNA, { algorithm: 'HS512' })],
      ['one with RS256', () => jwt.sign(HANNA, { secret: privateKey, algorithm: 'RS256', expiresIn: '1h' })],
      ['one without an expiry', () => jwt.sign(HANNA, { secret: TEST_JWT_SECRET })],
      ['one of 10,000 characters', () => sign({ ...HANNA, more: 'x'.repeat(10_000) })],
    ])('refuses %s, and makes no user of it', async (_name, token) => {
      await expect(authenticator.authenticate(token())).rejects.toMatchObject(UNAUTHORIZED);
      expect(await context.users.countDocuments({})).toBe(1);
    });

    it('gives an expiry that is a date also where the token never really expires', async () => {
      const { expiresAt } = await authenticator.authenticate(
        jwt.sign({ ...HANNA, exp: 1e20 }, { secret: TEST_JWT_SECRET }),
      );

      expect(Number.isNaN(expiresAt.getTime())).toBe(false);
    });
  });

  describe('with a token of the host application', () => {
    it('makes the user at first sight, by sub or by id, with or without an issuer', async () => {
      const { sub: id, ...claims } = HANNA;
      const bySub = await authenticator.authenticate(sign(HANNA));
      const byId = await authenticator.authenticate(sign({ ...claims, id }));
      const ofIssuer = await authenticator.authenticate(sign({ ...HANNA, iss: 'https://host.example' }));

      expect(bySub).toMatchObject({ name: 'Hanna Berg', email: 'hanna@example.com', role: 'user' });
      expect(byId.id).toBe(bySub.id);
      expect(ofIssuer.id).not.toBe(bySub.id);
    });

    it('makes one user of many first calls at once', async () => {
      const token = sign(HANNA);
      const met = await Promise.all(Array.from({ length: 30 }, () => authenticator.authenticate(token)));

      expect(new Set(met.map(({ id }) => id)).size).toBe(1);
    });

    it('does not take over the own account with the same email', async () => {
      const { id } = await authenticator.authenticate(sign({ ...HANNA, email: account.email }));

      expect(id).not.toBe(account._id.toHexString());
    });

    it.each([
      ['sub', { sub: 7 }],
      ['sub', { sub: '' }],
      ['sub', { sub: { $gt: '' } }],
      ['iss', { iss: 7 }],
      ['name', { name: ' ' }],
      ['name', { name: ['Hanna'] }],
      ['email', { email: 'hanna' }],
      ['email', { email: { $gt: '' } }],
      ['role', { role: ['admin'] }],
      ['role', { role: { admin: true } }],
    ])('refuses a wrong %s and names it: %j', async (claim, wrong) => {
      const token = sign({ ...HANNA, ...wrong });

      await expect(authenticator.authenticate(token)).rejects.toMatchObject({
        ...UNAUTHORIZED,
        message: `The token's claim ${claim} is missing or not valid.`,
      });
      expect(await context.users.countDocuments({})).toBe(1);
    });

    it.each(['sub', 'name', 'email'] as const)('refuses one without %s', async (claim) => {
      const { [claim]: _missing, ...claims } = HANNA;

      await expect(authenticator.authenticate(sign(claims))).rejects.toMatchObject(UNAUTHORIZED);
    });

    it('refuses one from the future: it would outlive every sign-out', async () => {
      const token = sign({ ...HANNA, iat: nowInSeconds() + 3_600 });

      await expect(authenticator.authenticate(token)).rejects.toMatchObject(UNAUTHORIZED);
    });

    it('takes any role but admin for a customer', async () => {
      const user = await authenticator.authenticate(sign({ ...HANNA, role: 'retoucher' }));

      expect(user.role).toBe('user');
    });

    it('refuses an admin where host admins are not believed, and makes no user of it', async () => {
      const token = sign({ ...HANNA, role: 'admin' });

      await expect(authenticator.authenticate(token)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await context.users.countDocuments({})).toBe(1);
    });

    it('lets a disabled user stay disabled, also with a newer token', async () => {
      const { id } = await authenticator.authenticate(sign(HANNA));
      await users.disable(id);

      const newer = sign({ ...HANNA, iat: nowInSeconds() + 5 });
      await expect(authenticator.authenticate(newer)).rejects.toMatchObject({
        ...UNAUTHORIZED,
        message: 'This account is disabled.',
      });
    });

    it('refuses tokens from before an ending of all sessions but the kept one, and takes newer ones', async () => {
      const kept = sign({ ...HANNA, iat: nowInSeconds() - 10, jti: 'kept' });
      const older = sign({ ...HANNA, iat: nowInSeconds() - 5 });
      const sameSecond = sign({ ...HANNA, iat: nowInSeconds(), jti: 'same second' });
      const { id, tokenFingerprint } = await authenticator.authenticate(kept);
      await authenticator.authenticate(sameSecond);

      await users.endOtherSessions(id, tokenFingerprint);

      await expect(authenticator.authenticate(older)).rejects.toMatchObject(UNAUTHORIZED);
      await expect(authenticator.authenticate(sameSecond)).rejects.toMatchObject(UNAUTHORIZED);
      await expect(authenticator.authenticate(kept)).resolves.toMatchObject({ id });
      const newer = sign({ ...HANNA, iat: nowInSeconds() + 2 });
      await expect(authenticator.authenticate(newer)).resolves.toMatchObject({ id });
    });

    it('tells by the expiry which tokens without iat are from before an ending', async () => {
      const endingIn = (seconds: number) => sign(HANNA, { noTimestamp: true, expiresIn: seconds });
      const [kept, longest, unseen] = [endingIn(3_600), endingIn(3_610), endingIn(3_605)];
      const { id, tokenFingerprint } = await authenticator.authenticate(kept);
      await authenticator.authenticate(longest);

      await users.endOtherSessions(id, tokenFingerprint);

      await expect(authenticator.authenticate(longest)).rejects.toMatchObject(UNAUTHORIZED);
      await expect(authenticator.authenticate(unseen)).rejects.toMatchObject(UNAUTHORIZED);
      await expect(authenticator.authenticate(kept)).resolves.toMatchObject({ id });
      const newer = [endingIn(3_630), endingIn(3_620)];
      for (const token of [...newer, ...newer]) {
        await expect(authenticator.authenticate(token)).resolves.toMatchObject({ id });
      }
      await users.endOtherSessions(id, tokenFingerprint);
      for (const token of newer) {
        await expect(authenticator.authenticate(token)).rejects.toMatchObject(UNAUTHORIZED);
      }
    });

    it('takes what the newest of many tokens at once says', async () => {
      await authenticator.authenticate(sign({ ...HANNA, iat: nowInSeconds() - 100 }));
      const tokens = Array.from({ length: 20 }, (_, age) =>
        sign({ ...HANNA, name: `Hanna ${age}`, iat: nowInSeconds() - 10 - age }),
      );

      await Promise.all(tokens.map((token) => authenticator.authenticate(token)));

      expect(await context.users.findOne({ subject: HANNA.sub }).lean()).toMatchObject({ name: 'Hanna 0' });
    });
  });

  describe('where host admins are believed', () => {
    let trusting: AccountsContext;

    beforeAll(async () => {
      trusting = await createAccountsContext({ HOST_ADMINS: 'true' });
    });
    afterAll(() => trusting.close());

    it('follows the role, and ends the sessions of an admin who is one no longer', async () => {
      const authenticate = (claims: object) =>
        trusting.get(TokenAuthenticator).authenticate(sign({ ...HANNA, ...claims }));
      const asAdmin = { role: 'admin', iat: nowInSeconds() - 20 };
      const asCustomer = { role: 'user', iat: nowInSeconds() - 10 };

      expect(await authenticate(asAdmin)).toMatchObject({ role: 'admin' });
      expect(await authenticate(asCustomer)).toMatchObject({ role: 'user' });
      await expect(authenticate(asAdmin)).rejects.toMatchObject(UNAUTHORIZED);
      expect(await authenticate(asCustomer)).toMatchObject({ role: 'user' });
    });

    it('lets a revoked token change nothing: it would spare itself by taking the role away', async () => {
      const hanna = { ...HANNA, sub: 'hanna-4' };
      const authenticate = (token: string) => trusting.get(TokenAuthenticator).authenticate(token);
      const revoked = sign({ ...hanna, name: 'Somebody', iat: nowInSeconds() - 5 });
      const { id } = await authenticate(sign({ ...hanna, role: 'admin', iat: nowInSeconds() - 10 }));
      await trusting.get(UsersService).endOtherSessions(id, 'kept');

      await expect(authenticate(revoked)).rejects.toMatchObject(UNAUTHORIZED);
      await expect(authenticate(revoked)).rejects.toMatchObject(UNAUTHORIZED);
      expect(await trusting.users.findById(id).lean()).toMatchObject({ name: 'Hanna Berg', role: 'admin' });
    });

    it('gives an older token of an admin no more than the newest one says', async () => {
      const authenticate = (claims: object) =>
        trusting.get(TokenAuthenticator).authenticate(sign({ ...HANNA, sub: 'hanna-3', ...claims }));
      await authenticate({ role: 'user' });

      expect(await authenticate({ role: 'admin', iat: nowInSeconds() - 10 })).toMatchObject({ role: 'user' });
    });

    it('gives an older token of a customer no more than it says', async () => {
      const authenticate = (claims: object) =>
        trusting.get(TokenAuthenticator).authenticate(sign({ ...HANNA, sub: 'hanna-2', ...claims }));
      await authenticate({ role: 'admin' });

      expect(await authenticate({ role: 'user', iat: nowInSeconds() - 10 })).toMatchObject({ role: 'user' });
    });
  });
});
