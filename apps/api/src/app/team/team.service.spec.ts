import { randomUUID } from 'node:crypto';

import { type AuditEntryDto } from '@elite-chat/contracts';

import { createTestApp, type TestApp } from '../../../test/test-app';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { AuditService } from '../audit/audit.service';
import { AuthService } from '../auth/auth.service';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { TokenAuthenticator } from '../auth/token-authenticator.service';
import { ChatBroadcaster } from '../chat/chat.broadcaster';
import { type HostProfile } from '../users/host-profile';
import { HostUsersService } from '../users/host-users.service';
import { UsersService } from '../users/users.service';
import { TeamService } from './team.service';

const PASSWORD = 'correct-horse-battery';

describe('TeamService', () => {
  let database: TestDatabase;
  let nodes: [TestApp, TestApp];

  beforeEach(async () => {
    database = await createTestDatabase();
    nodes = [await createTestApp({ database }), await createTestApp({ database })];
  });

  afterEach(async () => {
    for (const node of nodes) await node.close();
    await database.drop();
  });

  const team = (node: 0 | 1 = 0) => nodes[node].app.get(TeamService);
  const users = () => nodes[0].app.get(UsersService);
  const anAccount = (name = 'Ada Moss') => ({
    name,
    email: `${randomUUID()}@example.com`,
    password: PASSWORD,
  });

  async function signUp(role: 'admin' | 'user' = 'admin', name?: string): Promise<AuthenticatedUser> {
    const account = anAccount(name);
    await users().createAccount(account, role);
    return signIn(account);
  }
  async function signIn(account: { email: string; password: string }): Promise<AuthenticatedUser> {
    const { token } = await nodes[0].app.get(AuthService).login(account);
    return nodes[0].app.get(TokenAuthenticator).authenticate(token);
  }
  async function meetHostAdmin(): Promise<string> {
    const profile: HostProfile = {
      issuer: '',
      subject: randomUUID(),
      name: 'Hanna Host',
      email: 'hanna@host.example',
      role: 'admin',
      issuedAt: 1_000,
      expiresAt: 5_000_000_000,
    };
    return (await nodes[0].app.get(HostUsersService).meet(profile))._id.toHexString();
  }
  async function auditLog(reader: AuthenticatedUser): Promise<AuditEntryDto[]> {
    return (await nodes[0].app.get(AuditService).page(reader, { limit: 100 })).entries;
  }
  const lastAdmin = expect.objectContaining({
    code: 'validation_failed',
    details: [{ field: 'adminId', message: expect.stringContaining('last admin') }],
  });

  it('leaves one of two admins who disable themselves at the same moment on two nodes, every time', async () => {
    const [ada, bo] = [await signUp('admin', 'Ada'), await signUp('admin', 'Bo')];
    for (let round = 0; round < 25; round++) {
      const [first, second] = await Promise.allSettled([
        team(0).disable(ada, ada.id),
        team(1).disable(bo, bo.id),
      ]);
      expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
      const refused = [first, second].find((result) => result.status === 'rejected');
      expect(refused?.reason).toEqual(lastAdmin);
      const [left, gone] = first.status === 'rejected' ? [ada, bo] : [bo, ada];
      await team().enable(left, gone.id);
    }
    expect((await auditLog(ada)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 50 }, (_, index) => 50 - index),
    );
  }, 120_000);

  it('leaves one of two admins who disable each other at the same moment on two nodes, every time', async () => {
    const [ada, bo] = [await signUp('admin', 'Ada'), await signUp('admin', 'Bo')];
    for (let round = 0; round < 25; round++) {
      const [first, second] = await Promise.allSettled([
        team(0).disable(ada, bo.id),
        team(1).disable(bo, ada.id),
      ]);
      expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
      const refused = [first, second].find((result) => result.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'unauthorized' });
      const [left, gone] = first.status === 'fulfilled' ? [ada, bo] : [bo, ada];
      await team().enable(left, gone.id);
    }
  }, 120_000);

  it('never leaves nobody when all admins of a larger team go at once', async () => {
    const admins = await Promise.all(Array.from({ length: 6 }, () => signUp()));
    const results = await Promise.allSettled(
      admins.map((admin, index) => team(index % 2 === 0 ? 0 : 1).disable(admin, admin.id)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const left = admins[results.findIndex(({ status }) => status === 'rejected')];
    if (!left) throw new Error('Nobody is left.');
    expect((await team().list(left, {})).members.filter(({ canSignIn }) => canSignIn)).toEqual([
      expect.objectContaining({ id: left.id }),
    ]);
  });

  it('does not take an admin of the host application for one who can sign in while these are not believed', async () => {
    const ada = await signUp();
    const hanna = await meetHostAdmin();
    expect((await team().list(ada, {})).members).toEqual([
      expect.objectContaining({ id: ada.id, isHostUser: false, canSignIn: true }),
      expect.objectContaining({ id: hanna, isHostUser: true, canSignIn: false }),
    ]);
    await expect(team().disable(ada, ada.id)).rejects.toEqual(lastAdmin);
    expect(await team().disable(ada, hanna)).toMatchObject({ isDisabled: true });
  });

  it('records nothing and changes nothing when there is nothing to do', async () => {
    const [ada, bo] = [await signUp(), await signUp()];
    expect(await team().enable(ada, bo.id)).toMatchObject({ isDisabled: false });
    await team().disable(ada, bo.id);
    const { sessionGeneration } = (await users().findById(bo.id)) ?? {};
    expect(await team().disable(ada, bo.id)).toMatchObject({ isDisabled: true });
    expect((await users().findById(bo.id))?.sessionGeneration).toBe(sessionGeneration);
    expect((await auditLog(ada)).map(({ seq, action }) => [seq, action])).toEqual([[1, 'admin_disabled']]);
  });

  it('disables once when the same is asked many times at once', async () => {
    const [ada, bo] = [await signUp(), await signUp()];
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => team(index % 2 === 0 ? 0 : 1).disable(ada, bo.id)),
    );
    expect(await auditLog(ada)).toHaveLength(1);
  });

  it('makes one account when one email is asked for many times at once, and records it once', async () => {
    const ada = await signUp();
    const account = anAccount('Bo Lind');
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => team(index % 2 === 0 ? 0 : 1).create(ada, account)),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(5).fill('email_taken'));
    expect(await auditLog(ada)).toHaveLength(1);
    expect(await signIn(account)).toMatchObject({ name: 'Bo Lind', role: 'admin' });
  });

  it('gives a colleague another password and no one else', async () => {
    const ada = await signUp();
    const account = anAccount();
    const { id } = await team().create(ada, account);
    await signIn(account);
    await team().resetPassword(ada, id, { password: 'another-password' });
    await expect(signIn(account)).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(await signIn({ ...account, password: 'another-password' })).toMatchObject({ id });
    for (const adminId of [ada.id, ada.id.toUpperCase(), await meetHostAdmin()]) {
      await expect(team().resetPassword(ada, adminId, { password: PASSWORD })).rejects.toMatchObject({
        code: 'validation_failed',
        details: [{ field: 'adminId' }],
      });
    }
  });

  it('knows no admin in a customer, nor in nobody', async () => {
    const [ada, cora] = [await signUp(), await signUp('user')];
    for (const id of [cora.id, 'f'.repeat(24)]) {
      for (const act of [
        () => team().disable(ada, id),
        () => team().enable(ada, id),
        () => team().resetPassword(ada, id, { password: PASSWORD }),
      ]) {
        await expect(act()).rejects.toMatchObject({ code: 'not_found' });
      }
    }
    expect(await auditLog(ada)).toEqual([]);
  });

  it('is for admins only', async () => {
    const cora = await signUp('user');
    for (const act of [
      () => team().list(cora, {}),
      () => team().create(cora, anAccount()),
      () => team().disable(cora, cora.id),
      () => team().enable(cora, cora.id),
      () => team().resetPassword(cora, cora.id, { password: PASSWORD }),
      () => nodes[0].app.get(AuditService).page(cora, {}),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('lists all, page by page, in the order in which they came', async () => {
    const admins = [];
    for (let index = 0; index < 5; index++) admins.push(await signUp('admin', `Admin ${index}`));
    await signUp('user');
    const [reader] = admins;
    if (!reader) throw new Error('Nobody reads.');
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const { members, nextCursor } = await team().list(reader, { limit: 2, ...(cursor && { cursor }) });
      ids.push(...members.map(({ id }) => id));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(ids).toEqual(admins.map(({ id }) => id));
  });

  it('tells of admins whom the host application brings, renames and takes away', async () => {
    const told = jest.spyOn(nodes[0].app.get(ChatBroadcaster), 'teamUpdated');
    const host = nodes[0].app.get(HostUsersService);
    const profile: HostProfile = {
      issuer: '',
      subject: randomUUID(),
      name: 'Hanna Host',
      email: 'hanna@host.example',
      role: 'admin',
      issuedAt: 1_000,
      expiresAt: 5_000_000_000,
    };
    const bring = async (change: Partial<HostProfile>) => {
      const next = { ...profile, ...change };
      await host.follow(await host.meet(next), next, 'fingerprint');
    };
    await bring({});
    await bring({});
    await bring({ name: 'Hanna Berg', issuedAt: 2_000 });
    await bring({ name: 'Hanna Berg', role: 'user', issuedAt: 3_000 });
    await bring({ name: 'Hanna Lind', role: 'user', issuedAt: 4_000 });
    expect(told.mock.calls.map(([{ name, role }]) => [name, role])).toEqual([
      ['Hanna Host', 'admin'],
      ['Hanna Berg', 'admin'],
      ['Hanna Berg', 'user'],
    ]);
  });
});
