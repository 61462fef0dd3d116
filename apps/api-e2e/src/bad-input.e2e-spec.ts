import { randomUUID } from 'node:crypto';

import { type Ack, apiPaths, type ErrorBody } from '@elite-chat/contracts';

import { type ChatSocket } from './support/chat-socket';
import { type Person } from './support/people';
import { withoutRequestId } from './support/rest-client';
import { useStage } from './support/stage';

const stage = useStage();

let customer: Person;
let otherCustomer: Person;
let admin: Person;
let socket: ChatSocket;
let adminSocket: ChatSocket;
let chatId: string;
let otherChatId: string;

beforeAll(async () => {
  customer = await stage.people.customer('Cora Lane');
  otherCustomer = await stage.people.customer('Ben Stone');
  admin = await stage.people.admin();
  chatId = (await customer.chat()).id;
  otherChatId = (await otherCustomer.chat()).id;
  await otherCustomer.writes(otherChatId, 'For the admins only');
  socket = await customer.connect();
  adminSocket = await admin.connect();
});

/** Nothing of the machinery shows in an error. */
function expectToLeakNothing(body: ErrorBody): void {
  expect(JSON.stringify(body)).not.toMatch(/mongo|mongoose|bson|cast|node_modules|\bat .*:\d+|stack|query/i);
}

function errorOf(ack: Ack<unknown>): ErrorBody {
  if (ack.ok) throw new Error(`Was accepted: ${JSON.stringify(ack.data)}`);
  expect(Object.keys(ack).sort()).toEqual(['error', 'ok']);
  return ack.error;
}

const parse = (json: string): Record<string, unknown> => JSON.parse(json);

/** What `send_message` and `POST …/messages` refuse, and the field that they name. */
const BAD_SENDS: readonly [string, Record<string, unknown>, string][] = [
  ['a missing message', {}, 'message'],
  ['an object where text belongs', { message: { text: 'a' } }, 'message'],
  ['a query operator', { message: { $gt: '' } }, 'message'],
  ['an array where text belongs', { message: ['a'] }, 'message'],
  ['a number where text belongs', { message: 7 }, 'message'],
  ['null where text belongs', { message: null }, 'message'],
  ['only spaces', { message: ' \t\n\u00A0\u200B' }, 'message'],
  ['5,001 letters', { message: 'a'.repeat(5_001) }, 'message'],
  ['20,001 bytes', { message: `a${'😀'.repeat(5_000)}` }, 'message'],
  ['one letter with 10,000 combining marks', { message: `a${'\u0301'.repeat(10_000)}` }, 'message'],
  ['an unknown field', { message: 'a', isAdmin: true }, 'isAdmin'],
  ['a field of the server', { message: 'a', senderRole: 'admin' }, 'senderRole'],
  ['a field named like an inherited one', { message: 'a', hasOwnProperty: 1 }, 'hasOwnProperty'],
  ['a type that can not be sent', { message: 'a', messageType: 'image' }, 'messageType'],
  ['an id of another form', { message: 'a', clientMessageId: 'mine' }, 'clientMessageId'],
  ['a query operator as id', { message: 'a', clientMessageId: { $ne: null } }, 'clientMessageId'],
];

describe('a bad message', () => {
  it.each(BAD_SENDS)('with %s is refused over HTTP', async (_name, body, field) => {
    const answer = await customer.rest.post(apiPaths.userMessages(chatId), body);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(answer.body.details?.map((detail) => detail.field)).toEqual([field]);
    expectToLeakNothing(answer.body);
  });

  it.each(BAD_SENDS)('with %s is refused over a socket in the same words', async (_name, body, field) => {
    const error = errorOf(await socket.sayAnything('send_message', { ...body, chatId }));
    expect([error.code, error.details?.map((detail) => detail.field)]).toEqual([
      'validation_failed',
      [field],
    ]);
    const answer = await customer.rest.post(apiPaths.userMessages(chatId), body);
    expect(error).toEqual(withoutRequestId(answer.body));
  });

  it('of 100,000 characters is refused over HTTP', async () => {
    const answer = await customer.rest.post(apiPaths.userMessages(chatId), { message: 'a'.repeat(100_000) });
    expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
  });

  it('of 60,000 characters is refused with the limit named', async () => {
    const answer = await customer.rest.post(apiPaths.userMessages(chatId), { message: 'a'.repeat(60_000) });
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(answer.body.details?.[0]?.message).toMatch(/20000|20,000|5000|5,000/);
  });

  it('leaves nothing in the chat', async () => {
    expect((await customer.chat()).lastSeq).toBe(0);
  });
});

describe('a name of JavaScript as a field', () => {
  it.each([
    ['__proto__', '"__proto__":{"isAdmin":true}'],
    ['constructor', '"constructor":{"prototype":{"isAdmin":true}}'],
    ['constructor', '"constructor":null'],
    ['toString', '"toString":1'],
  ])('is refused: %s (%s)', async (field, member) => {
    const rest = await customer.rest.postRaw(apiPaths.userMessages(chatId), `{"message":"a",${member}}`);
    expect([rest.status, rest.body.code]).toEqual([400, 'validation_failed']);
    expectToLeakNothing(rest.body);

    const payload = parse(`{"chatId":"${chatId}","message":"a",${member}}`);
    const error = errorOf(await socket.sayAnything('send_message', payload));
    expect([error.code, error.details?.[0]?.field]).toEqual(['validation_failed', field]);
  });
});

const BAD_IDS = [
  'mine',
  '0x5f1f77bcf86cd799439013',
  '%00',
  '[object Object]',
  'a'.repeat(25),
  `${'0'.repeat(23)}g`,
];

describe('a bad id', () => {
  it.each(BAD_IDS)('%s is refused over HTTP, naming chatId', async (id) => {
    const path = encodeURIComponent(id);
    for (const [person, paths] of [
      [
        customer,
        [
          apiPaths.userMessages(path),
          apiPaths.userRead(path),
          apiPaths.userClose(path),
          apiPaths.userReopen(path),
        ],
      ],
      [
        admin,
        [
          apiPaths.adminMessages(path),
          apiPaths.adminRead(path),
          apiPaths.adminAssign(path),
          apiPaths.adminUnassign(path),
          apiPaths.adminClose(path),
          apiPaths.adminReopen(path),
        ],
      ],
    ] as const) {
      for (const each of paths) {
        const answer = await person.rest.post(each, each.endsWith('messages') ? { message: 'a' } : {});
        expect([each, answer.status, answer.body.code]).toEqual([each, 400, 'validation_failed']);
        expect(answer.body.details?.map(({ field }) => field)).toEqual(['chatId']);
        expectToLeakNothing(answer.body);
      }
      const page = await person.rest.get(paths[0]);
      expect([page.status, page.body.code]).toEqual([400, 'validation_failed']);
    }
  });

  it.each([...BAD_IDS, 7, null, undefined, { $gt: '' }, ['0'.repeat(24)], true])(
    '%p is refused by every event, naming chatId',
    async (id) => {
      for (const [event, rest] of [
        ['join_chat', {}],
        ['leave_chat', {}],
        ['send_message', { message: 'a' }],
        ['typing', { isTyping: true }],
        ['mark_read', {}],
        ['get_messages', {}],
      ] as const) {
        const error = errorOf(await socket.sayAnything(event, { ...rest, chatId: id }));
        expect([event, error.code]).toEqual([event, 'validation_failed']);
        expect(error.details?.map(({ field }) => field)).toEqual(['chatId']);
        expectToLeakNothing(error);
      }
    },
  );
});

const BAD_PAGES: readonly [string, Record<string, unknown>, string][] = [
  ['limit=101', { limit: 101 }, 'limit'],
  ['limit=0', { limit: 0 }, 'limit'],
  ['limit=1.5', { limit: 1.5 }, 'limit'],
  ['limit=many', { limit: 'many' }, 'limit'],
  ['before=0', { before: 0 }, 'before'],
  ['before=1e15', { before: 1e15 }, 'before'],
  ['after=-1', { after: -1 }, 'after'],
  ['after=1e15', { after: 1e15 }, 'after'],
  ['before and after together', { before: 9, after: 3 }, 'after'],
  ['an unknown field', { offset: 3 }, 'offset'],
];

describe('a bad page', () => {
  it.each(BAD_PAGES)('with %s is refused at both doors', async (_name, query, field) => {
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
    for (const [person, path] of [
      [customer, apiPaths.userMessages(chatId)],
      [admin, apiPaths.adminMessages(chatId)],
    ] as const) {
      const { status, body } = await person.rest.get(`${path}?${search.toString()}`);
      expect([status, body.code]).toEqual([400, 'validation_failed']);
      expect(body.details?.map((detail) => detail.field)).toEqual([field]);
    }
    const error = errorOf(await socket.sayAnything('get_messages', { ...query, chatId }));
    expect([error.code, error.details?.map((detail) => detail.field)]).toEqual([
      'validation_failed',
      [field],
    ]);
  });

  it.each(['limit=10&limit=20', 'limit[$gt]=1', 'limit=', 'before=1&before=2'])(
    'with ?%s is refused',
    async (query) => {
      const { status, body } = await customer.rest.get(`${apiPaths.userMessages(chatId)}?${query}`);
      expect([status, body.code]).toEqual([400, 'validation_failed']);
    },
  );

  it.each([
    'limit=101',
    'limit=0',
    'cursor=%00',
    'cursor=nonsense',
    `cursor=${'c'.repeat(201)}`,
    'cursor[$gt]=',
    'page=2',
  ])('of the inbox with ?%s is refused', async (query) => {
    const { status, body } = await admin.rest.get(`${apiPaths.adminChats}?${query}`);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expectToLeakNothing(body);
  });

  it('without a limit, also as null, has the default one', async () => {
    const ack = await socket.sayAnything('get_messages', { chatId, limit: null });
    expect(ack.ok).toBe(true);
  });
});

describe('a bad read mark', () => {
  it.each([
    ['1e15', 1e15],
    ['-1', -1],
    ['1.5', 1.5],
    ['a word', 'all'],
    ['an object', { $gt: 0 }],
  ])('of %s is refused at both doors, naming seq', async (_name, seq) => {
    const answer = await customer.rest.post(apiPaths.userRead(chatId), { seq });
    expect([answer.status, answer.body.code, answer.body.details?.[0]?.field]).toEqual([
      400,
      'validation_failed',
      'seq',
    ]);
    const error = errorOf(await socket.sayAnything('mark_read', { chatId, seq }));
    expect([error.code, error.details?.[0]?.field]).toEqual(['validation_failed', 'seq']);
  });
});

describe('a bad assignment', () => {
  it('to nobody who exists is 400, naming adminId', async () => {
    const answer = await admin.rest.post(apiPaths.adminAssign(chatId), { adminId: '0'.repeat(24) });
    expect([answer.status, answer.body.code, answer.body.details?.[0]?.field]).toEqual([
      400,
      'validation_failed',
      'adminId',
    ]);
  });

  it('to a customer is 400 in the same words', async () => {
    const toCustomer = await admin.rest.post(apiPaths.adminAssign(chatId), { adminId: customer.user.id });
    expect([toCustomer.status, toCustomer.body.details?.[0]?.field]).toEqual([400, 'adminId']);
    const error = errorOf(
      await adminSocket.sayAnything('assign_chat', { chatId, adminId: customer.user.id }),
    );
    expect(error).toEqual(withoutRequestId(toCustomer.body));
  });
});

describe('a body that is no object', () => {
  it.each(['[]', '"text"', '7', 'null', '{', '', '{"message":"a"}}', '\u0000'])(
    '%j is refused',
    async (body) => {
      const answer = await customer.rest.postRaw(apiPaths.userMessages(chatId), body);
      expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
      expectToLeakNothing(answer.body);
    },
  );

  it('of another type is refused', async () => {
    const answer = await customer.rest.postRaw(apiPaths.userMessages(chatId), '<message>a</message>', {
      'content-type': 'application/xml',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  it.each([[[]], ['text'], [7], [null], [true]])('payload %j is refused over a socket', async (payload) => {
    const error = errorOf(await socket.sayAnything('send_message', payload));
    expect(error.code).toBe('validation_failed');
  });
});

describe('a bad account', () => {
  it.each([
    ['no email', { name: 'Cora', password: 'correct-horse' }, 'email'],
    ['an email that is an object', { name: 'Cora', email: { $gt: '' }, password: 'correct-horse' }, 'email'],
    ['a short password', { name: 'Cora', email: 'c@example.com', password: 'short' }, 'password'],
    ['a long password', { name: 'Cora', email: 'c@example.com', password: 'p'.repeat(129) }, 'password'],
    ['a blank name', { name: ' \u200B', email: 'c@example.com', password: 'correct-horse' }, 'name'],
  ])('with %s is refused', async (_name, account, field) => {
    const { status, body } = await stage.people.nobody.post(apiPaths.register, account);
    expect([status, body.code, body.details?.map((detail) => detail.field)]).toEqual([
      400,
      'validation_failed',
      [field],
    ]);
  });

  it.each([
    [{ email: { $gt: '' }, password: { $gt: '' } }, ['email', 'password']],
    [{ email: 'c@example.com', password: { $ne: null } }, ['password']],
    [{}, ['email', 'password']],
  ])('signing in with %j is refused, naming every field', async (credentials, fields) => {
    const { status, body } = await stage.people.nobody.post(apiPaths.login, credentials);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(body.details?.map((detail) => detail.field).sort()).toEqual(fields);
  });

  it('never hears its password back', async () => {
    const { body } = await stage.people.nobody.post(apiPaths.register, {
      password: 'a-secret-to-keep-to-oneself',
    });
    expect(JSON.stringify(body)).not.toContain('a-secret-to-keep');
  });
});

describe('a chat of another customer', () => {
  const NOWHERE = '5'.repeat(24);

  it('answers over HTTP like one that does not exist', async () => {
    for (const [method, path, body] of [
      ['get', apiPaths.userMessages, undefined],
      ['post', apiPaths.userMessages, { message: 'a' }],
      ['post', apiPaths.userRead, {}],
      ['post', apiPaths.userClose, {}],
      ['post', apiPaths.userReopen, {}],
    ] as const) {
      const theirs = await customer.rest[method](path(otherChatId), body as never);
      const nobodys = await customer.rest[method](path(NOWHERE), body as never);
      expect([theirs.status, theirs.body.code]).toEqual([404, 'not_found']);
      expect(nobodys.status).toBe(404);
      expect(withoutRequestId(theirs.body)).toEqual(withoutRequestId(nobodys.body));
      expect(JSON.stringify(theirs.body)).not.toContain(otherChatId);
    }
  });

  it('answers over a socket like one that does not exist', async () => {
    for (const [event, payload] of [
      ['join_chat', {}],
      ['send_message', { message: 'a' }],
      ['typing', { isTyping: true }],
      ['mark_read', {}],
      ['get_messages', {}],
      ['close_chat', {}],
      ['reopen_chat', {}],
    ] as const) {
      const theirs = errorOf(await socket.sayAnything(event, { ...payload, chatId: otherChatId }));
      const nobodys = errorOf(await socket.sayAnything(event, { ...payload, chatId: NOWHERE }));
      expect([event, theirs.code]).toEqual([event, 'not_found']);
      expect(theirs).toEqual(nobodys);
    }
    expect(await socket.sayAnything('leave_chat', { chatId: otherChatId })).toEqual(
      await socket.sayAnything('leave_chat', { chatId: NOWHERE }),
    );
  });

  it('has the same answer for a message that is stored there and a reused id', async () => {
    const clientMessageId = randomUUID();
    await otherCustomer.writes(otherChatId, 'Mine', clientMessageId);
    const answer = await customer.rest.post(apiPaths.userMessages(otherChatId), {
      message: 'Mine',
      clientMessageId,
    });
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });

  it('that does not exist is 404 for admins too', async () => {
    for (const [method, path] of [
      ['get', apiPaths.adminMessages],
      ['post', apiPaths.adminRead],
      ['post', apiPaths.adminAssign],
      ['post', apiPaths.adminUnassign],
      ['post', apiPaths.adminClose],
      ['post', apiPaths.adminReopen],
    ] as const) {
      const { status, body } = await admin.rest[method](path(NOWHERE));
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
    expect(errorOf(await adminSocket.say('join_chat', { chatId: NOWHERE })).code).toBe('not_found');
  });
});

describe('the other role’s calls', () => {
  it('are forbidden for customers, whether the chat exists or not', async () => {
    for (const id of [chatId, otherChatId, '5'.repeat(24)]) {
      for (const [method, path, body] of [
        ['get', apiPaths.adminChats, undefined],
        ['get', apiPaths.adminMessages(id), undefined],
        ['post', apiPaths.adminMessages(id), { message: 'a' }],
        ['post', apiPaths.adminRead(id), {}],
        ['post', apiPaths.adminAssign(id), {}],
        ['post', apiPaths.adminUnassign(id), {}],
        ['post', apiPaths.adminClose(id), {}],
        ['post', apiPaths.adminReopen(id), {}],
      ] as const) {
        const answer = await customer.rest[method](path, body as never);
        expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'forbidden']);
      }
    }
    expect(errorOf(await socket.say('assign_chat', { chatId })).code).toBe('forbidden');
    expect(errorOf(await socket.say('unassign_chat', { chatId })).code).toBe('forbidden');
  });

  it('are forbidden for admins', async () => {
    for (const [method, path, body] of [
      ['get', apiPaths.userChat, undefined],
      ['get', apiPaths.userChats, undefined],
      ['get', apiPaths.userMessages(chatId), undefined],
      ['post', apiPaths.userMessages(chatId), { message: 'a' }],
      ['post', apiPaths.userRead(chatId), {}],
      ['post', apiPaths.userClose(chatId), {}],
      ['post', apiPaths.userReopen(chatId), {}],
    ] as const) {
      const answer = await admin.rest[method](path, body as never);
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'forbidden']);
    }
  });
});

describe('an unknown path', () => {
  it.each(['nothing', 'chat', 'chat/user', 'auth/login'])(
    '/api/%s is not found, in the one shape',
    async (path) => {
      const { status, body } = await stage.people.nobody.get(path);
      expect(status).toBe(404);
      expect(body).toMatchObject({ code: 'not_found', message: expect.any(String) });
    },
  );
});
