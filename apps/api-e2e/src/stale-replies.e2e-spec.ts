import { randomUUID } from 'node:crypto';

import {
  apiPaths,
  type ErrorBody,
  type MessageDto,
  type MessagePageDto,
  SEQ_MAX,
} from '@elite-chat/contracts';

import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage();

let ada: Person;
let bo: Person;
let customer: Person;
let chatId: string;

beforeAll(async () => {
  [ada, bo] = [await stage.people.admin('Ada Moss'), await stage.people.admin('Bo Lind')];
});

beforeEach(async () => {
  customer = await stage.people.customer();
  chatId = (await customer.chat()).id;
  await customer.writes(chatId, 'Where are my photos?');
});

interface Reply {
  message: string;
  clientMessageId?: string;
  basedOnSeq?: number;
}

const overHttp = <T = ErrorBody>(person: Person, reply: Reply) =>
  person.rest.post<T>(apiPaths.adminMessages(chatId), reply);

async function texts(): Promise<string[]> {
  const { body } = await customer.rest.get<MessagePageDto>(apiPaths.userMessages(chatId));
  return body.messages.filter(({ sender }) => sender !== null).map(({ message }) => message);
}

describe('a reply that another admin was faster than', () => {
  it('is refused over both doors with what was written meanwhile, and nobody hears of it', async () => {
    const socket = await ada.join(chatId);
    const [room, admins] = [await customer.join(chatId), await bo.connect()];
    const answer = await bo.writes(chatId, 'On their way');
    const thanks = await customer.writes(chatId, 'Thank you');
    await room.hears('new_message', ({ id }) => id === thanks.id);
    await admins.hears('new_chat_message', ({ message }) => message.id === thanks.id);
    room.forget();
    admins.forget();

    const posted = await overHttp(ada, { message: 'I look for them', basedOnSeq: 1 });
    const said = await socket.say('send_message', { chatId, message: 'I look for them', basedOnSeq: 1 });

    const { body: page } = await ada.rest.get<MessagePageDto>(`${apiPaths.adminMessages(chatId)}?after=1`);
    expect(page.messages.map(({ id }) => id)).toEqual(expect.arrayContaining([answer.id, thanks.id]));
    const stale = { code: 'stale_reply', message: expect.any(String), messages: page.messages };
    expect([posted.status, posted.body]).toEqual([409, { ...stale, requestId: expect.any(String) }]);
    expect(said).toEqual({ ok: false, error: stale });
    expect(await texts()).toEqual(['Where are my photos?', 'On their way', 'Thank you']);
    await room.isUpToDate();
    await admins.isUpToDate();
    expect([room.all('new_message'), admins.all('new_chat_message')]).toEqual([[], []]);
  });

  it('is stored once when it is sent all the same, under the id of the refused one', async () => {
    const socket = await ada.connect();
    await bo.writes(chatId, 'On their way');
    const reply = { message: 'I look for them', clientMessageId: randomUUID() };
    expect((await overHttp(ada, { ...reply, basedOnSeq: 1 })).status).toBe(409);
    const stored = await overHttp<MessageDto>(ada, reply);
    expect(stored.status).toBe(201);

    const again = await overHttp<MessageDto>(ada, { ...reply, basedOnSeq: 0 });
    expect([again.status, again.body]).toEqual([200, stored.body]);
    expect(await socket.ask('send_message', { chatId, ...reply, basedOnSeq: 1 })).toEqual(stored.body);
    expect(await texts()).toEqual(['Where are my photos?', 'On their way', 'I look for them']);
  });

  it('is the later one of two that are sent at once', async () => {
    await ada.writes(chatId, 'One moment');
    const results = await Promise.all(
      [ada, bo].map((person) => overHttp(person, { message: `By ${person.user.name}`, basedOnSeq: 3 })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await texts()).toHaveLength(3);
  });
});

describe('a reply that nobody was faster than', () => {
  it('is stored, whatever the customer and its writer have written meanwhile', async () => {
    const first = await overHttp<MessageDto>(ada, { message: 'One moment', basedOnSeq: 1 });
    await customer.writes(chatId, 'Thank you');
    const second = await overHttp<MessageDto>(ada, { message: 'Here they are', basedOnSeq: 1 });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body).not.toHaveProperty('basedOnSeq');
  });
});

describe('what a reply is based on', () => {
  it('is for admins: a customer hears over both doors which field is wrong, and of no message', async () => {
    await bo.writes(chatId, 'On their way');
    const socket = await customer.connect();
    const input = { message: 'Hello?', clientMessageId: randomUUID(), basedOnSeq: 1 };
    const posted = await customer.rest.post(apiPaths.userMessages(chatId), input);
    const said = await socket.say('send_message', { chatId, ...input });
    const refusal = {
      code: 'validation_failed',
      message: expect.any(String),
      details: [{ field: 'basedOnSeq', message: expect.any(String) }],
    };
    expect([posted.status, posted.body]).toEqual([400, { ...refusal, requestId: expect.any(String) }]);
    expect(said).toEqual({ ok: false, error: refusal });
    expect(await texts()).toEqual(['Where are my photos?', 'On their way']);
  });

  it.each([-1, 1.5, SEQ_MAX + 1, '1', [1], {}])(
    'must be the number of an entry, and not %j',
    async (basedOnSeq) => {
      const { status, body } = await ada.rest.post(apiPaths.adminMessages(chatId), {
        message: 'a',
        basedOnSeq,
      });
      expect([status, body.code, body.details?.map(({ field }) => field)]).toEqual([
        400,
        'validation_failed',
        ['basedOnSeq'],
      ]);
    },
  );
});
