import { randomUUID } from 'node:crypto';

import {
  apiPaths,
  type AuditEntryDto,
  type AuditPageDto,
  type ErrorBody,
  type SessionDto,
  type TeamListDto,
  type TeamMemberDto,
} from '@elite-chat/contracts';

import { DEMO_ADMIN, type Person } from './support/people';
import { type RestClient } from './support/rest-client';
import { useStage } from './support/stage';

const stage = useStage({});

let ada: Person;

const anAccount = (name = 'Bo Lind') => ({
  name,
  email: `${randomUUID()}@example.com`,
  password: `secret-${randomUUID()}`,
});

beforeEach(async () => {
  ada = await stage.people.signIn(DEMO_ADMIN);
});

async function makeColleague(name?: string): Promise<{ member: TeamMemberDto; person: Person }> {
  const account = anAccount(name);
  const { status, body } = await ada.rest.post<TeamMemberDto>(apiPaths.adminTeam, account);
  expect(status).toBe(201);
  const { email, password } = account;
  return { member: body, person: await stage.people.signIn({ email, password }) };
}

async function audit(query = ''): Promise<AuditPageDto> {
  const { status, body } = await ada.rest.get<AuditPageDto>(`${apiPaths.adminAudit}${query}`);
  expect(status).toBe(200);
  return body;
}

async function team(): Promise<TeamMemberDto[]> {
  const { status, body } = await ada.rest.get<TeamListDto>(`${apiPaths.adminTeam}?limit=100`);
  expect(status).toBe(200);
  return body.members;
}

describe('the team', () => {
  it('grows by an admin who can sign in and act at once, and everybody in it is told', async () => {
    const socket = await ada.connect();
    const { member, person } = await makeColleague();
    expect(member).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'Bo Lind',
      email: person.user.email,
      role: 'admin',
      isHostUser: false,
      isDisabled: false,
      canSignIn: true,
      presence: 'gone',
      createdAt: expect.stringMatching(/Z$/),
    });
    expect(person.user.role).toBe('admin');
    expect((await person.rest.get(apiPaths.adminChats)).status).toBe(200);
    expect(await socket.hears('team_updated', ({ id }) => id === member.id)).toEqual(member);
    expect(await team()).toContainEqual(member);
  });

  it('has one account for one email', async () => {
    const account = anAccount();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ada.rest.post(apiPaths.adminTeam, account)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const customer = await stage.people.customer();
    const { status, body } = await ada.rest.post(apiPaths.adminTeam, {
      ...account,
      email: customer.user.email.toUpperCase(),
    });
    expect([status, body.code, body.details?.[0]?.field]).toEqual([409, 'email_taken', 'email']);
  });

  it('loses an admin at once: sockets, tokens and sign-in, until they are enabled again', async () => {
    const { member, person } = await makeColleague();
    const [socket, own] = [await ada.connect(), await person.connect()];
    const disabled = await ada.rest.post<TeamMemberDto>(apiPaths.adminDisable(member.id));
    expect([disabled.status, disabled.body]).toEqual([
      200,
      expect.objectContaining({ id: member.id, isDisabled: true, canSignIn: false }),
    ]);
    await own.isDisconnected();
    expect((await socket.hears('team_updated', ({ isDisabled }) => isDisabled)).id).toBe(member.id);
    expect((await person.rest.get(apiPaths.me)).status).toBe(401);
    await expect(person.connect()).rejects.toThrow('unauthorized');
    const credentials = { email: person.user.email, password: person.password };
    const refused = await stage.people.nobody.post(apiPaths.login, credentials);
    expect([refused.status, refused.body.code]).toEqual([401, 'invalid_credentials']);
    expect((await ada.rest.post(apiPaths.adminDisable(member.id))).status).toBe(200);

    const enabled = await ada.rest.post<TeamMemberDto>(apiPaths.adminEnable(member.id));
    expect([enabled.status, enabled.body.canSignIn]).toEqual([200, true]);
    const again = await stage.people.signIn(credentials);
    expect((await again.rest.get(apiPaths.me)).status).toBe(200);
    // What ended stays ended.
    expect((await person.rest.get(apiPaths.me)).status).toBe(401);
  });

  it('never loses the last admin who can sign in', async () => {
    for (const { id, isDisabled } of await team()) {
      if (id !== ada.user.id && !isDisabled) await ada.rest.post(apiPaths.adminDisable(id));
    }
    const { status, body } = await ada.rest.post<ErrorBody>(apiPaths.adminDisable(ada.user.id));
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(body.details).toEqual([
      { field: 'adminId', message: expect.stringContaining('last admin who can sign in') },
    ]);
    expect((await ada.rest.get(apiPaths.me)).status).toBe(200);

    // With another one who remains, an admin may go.
    const { person } = await makeColleague();
    expect((await person.rest.post(apiPaths.adminDisable(person.user.id))).status).toBe(200);
    expect((await person.rest.get(apiPaths.me)).status).toBe(401);
  });

  it('gives a colleague another password, and ends all their sessions', async () => {
    const { member, person } = await makeColleague();
    const own = await person.connect();
    const password = `another-${randomUUID()}`;
    expect((await ada.rest.post(apiPaths.adminPassword(member.id), { password })).status).toBe(204);
    await own.isDisconnected();
    expect((await person.rest.get(apiPaths.me)).status).toBe(401);
    const { email } = person.user;
    const old = await stage.people.nobody.post(apiPaths.login, { email, password: person.password });
    expect(old.status).toBe(401);
    expect((await stage.people.nobody.post<SessionDto>(apiPaths.login, { email, password })).status).toBe(
      200,
    );
    const self = await ada.rest.post(apiPaths.adminPassword(ada.user.id), { password });
    expect([self.status, self.body.details?.[0]?.field]).toEqual([400, 'adminId']);
  });

  it('sees who of it is there', async () => {
    const socket = await ada.connect();
    const { member, person } = await makeColleague();
    const own = await person.connect();
    await socket.hears('team_presence', ({ members }) =>
      members.some(({ adminId, presence }) => adminId === member.id && presence === 'online'),
    );
    expect((await team()).find(({ id }) => id === member.id)?.presence).toBe('online');
    own.close();
    await socket.hears('team_presence', ({ members }) =>
      members.some(({ adminId, presence }) => adminId === member.id && presence === 'gone'),
    );
  });

  it('is no business of customers, nor of nobody in particular', async () => {
    const customer = await stage.people.customer();
    const [own, { id }] = [await customer.connect(), ada.user];
    const statusesOf = async (rest: RestClient) => {
      const answers = await Promise.all([
        rest.get(apiPaths.adminTeam),
        rest.post(apiPaths.adminTeam, anAccount()),
        rest.post(apiPaths.adminDisable(id)),
        rest.post(apiPaths.adminEnable(id)),
        rest.post(apiPaths.adminPassword(id), { password: 'another-password' }),
        rest.get(apiPaths.adminAudit),
      ]);
      return new Set(answers.map(({ status }) => status));
    };
    expect(await statusesOf(customer.rest)).toEqual(new Set([403]));
    expect(await statusesOf(stage.people.nobody)).toEqual(new Set([401]));
    await makeColleague();
    await own.isUpToDate();
    for (const event of ['team_updated', 'team_presence', 'audit_recorded']) {
      expect(own.events).not.toContain(event);
    }
  });

  it('knows no admin in a customer, in nobody, and in what is no id', async () => {
    const customer = await stage.people.customer();
    for (const [id, status, code] of [
      [customer.user.id, 404, 'not_found'],
      ['f'.repeat(24), 404, 'not_found'],
      ['me', 400, 'validation_failed'],
    ] as const) {
      for (const [path, body] of [
        [apiPaths.adminDisable(id), undefined],
        [apiPaths.adminEnable(id), undefined],
        [apiPaths.adminPassword(id), { password: 'another-password' }],
      ] as const) {
        const answer = await ada.rest.post(path, body);
        expect([answer.status, answer.body.code]).toEqual([status, code]);
      }
    }
  });

  it.each([
    ['name', { name: ' ' }],
    ['email', { email: 'bo' }],
    ['password', { password: 'short' }],
    ['role', { role: 'admin' }],
    ['password', { password: undefined }],
  ])('refuses a new admin with a wrong %s, naming it', async (field, change) => {
    const { status, body } = await ada.rest.post(apiPaths.adminTeam, { ...anAccount(), ...change });
    expect([status, body.code, body.details?.[0]?.field]).toEqual([400, 'validation_failed', field]);
  });

  it('is read in pages', async () => {
    await makeColleague();
    const first = await ada.rest.get<TeamListDto>(`${apiPaths.adminTeam}?limit=1`);
    expect(first.body.members).toHaveLength(1);
    const { nextCursor } = first.body;
    const second = await ada.rest.get<TeamListDto>(`${apiPaths.adminTeam}?limit=1&cursor=${nextCursor}`);
    expect(second.body.members[0]?.id).not.toBe(first.body.members[0]?.id);
    for (const [query, field] of [
      ['limit=101', 'limit'],
      ['cursor=me', 'cursor'],
    ]) {
      const { status, body } = await ada.rest.get(`${apiPaths.adminTeam}?${query}`);
      expect([status, body.details?.[0]?.field]).toEqual([400, field]);
    }
  });
});

describe('the audit log', () => {
  it('tells who did what to whom, in numbers without a gap, and nothing that is secret', async () => {
    const socket = await ada.connect();
    const [newest] = (await audit('?limit=1')).entries;
    const { member, person } = await makeColleague('Dee Deep');
    await ada.rest.post(apiPaths.adminDisable(member.id));
    await ada.rest.post(apiPaths.adminEnable(member.id));
    await ada.rest.post(apiPaths.adminPassword(member.id), { password: 'a-secret-of-dee' });

    const { entries } = await audit('?limit=4');
    const seq = newest?.seq ?? 0;
    const actor = { id: ada.user.id, name: ada.user.name };
    const subject = { id: member.id, name: 'Dee Deep' };
    const expected: AuditEntryDto[] = [
      'admin_password_reset' as const,
      'admin_enabled' as const,
      'admin_disabled' as const,
      'admin_created' as const,
    ].map((action, index) => ({
      seq: seq + 4 - index,
      action,
      actor,
      subject,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    }));
    expect(entries).toEqual(expected);
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`secret|${person.password}|@`));
    await socket.hears('audit_recorded', (entry) => entry.seq === seq + 4);
    expect(socket.all('audit_recorded').toReversed()).toEqual(entries);
  });

  it('is read to its first entry, page by page', async () => {
    await makeColleague();
    await makeColleague();
    const numbers: number[] = [];
    let page = await audit('?limit=2');
    const last = page.entries[0]?.seq ?? 0;
    numbers.push(...page.entries.map(({ seq }) => seq));
    while (page.hasMore) {
      page = await audit(`?limit=2&before=${numbers.at(-1)}`);
      numbers.push(...page.entries.map(({ seq }) => seq));
    }
    expect(numbers).toEqual(Array.from({ length: last }, (_, index) => last - index));
  });

  it.each([
    ['before', '0'],
    ['before', 'first'],
    ['limit', '101'],
  ])('refuses %s=%s, naming the field', async (field, value) => {
    const { status, body } = await ada.rest.get(`${apiPaths.adminAudit}?${field}=${value}`);
    expect([status, body.code, body.details?.[0]?.field]).toEqual([400, 'validation_failed', field]);
  });
});

describe('where admins of the host application are believed', () => {
  const host = useStage({ HOST_ADMINS: 'true' });

  it('they are in the team, can be disabled, and have no password to reset', async () => {
    const [hanna, abe] = [await host.people.admin('Hanna Host'), await host.people.admin('Abe Host')];
    const socket = await hanna.connect();
    const newcomer = await host.people.admin('Nora New');
    expect(await socket.hears('team_updated', ({ id }) => id === newcomer.user.id)).toMatchObject({
      name: 'Nora New',
      isHostUser: true,
      canSignIn: true,
    });
    const reset = await hanna.rest.post(apiPaths.adminPassword(abe.user.id), {
      password: 'another-password',
    });
    expect([reset.status, reset.body.details]).toEqual([
      400,
      [{ field: 'adminId', message: expect.stringContaining('host application') }],
    ]);
    const own = await abe.connect();
    expect((await hanna.rest.post(apiPaths.adminDisable(abe.user.id))).status).toBe(200);
    await own.isDisconnected();
    expect((await abe.rest.get(apiPaths.me)).status).toBe(401);
    expect((await hanna.rest.post(apiPaths.adminEnable(abe.user.id))).status).toBe(200);
  });
});
