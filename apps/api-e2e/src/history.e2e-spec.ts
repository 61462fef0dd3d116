import { apiPaths, type MessagePageDto } from '@elite-chat/contracts';

import { type Person } from './support/people';
import { useStage } from './support/stage';

const COUNT = 120;

const stage = useStage();

let customer: Person;
let admin: Person;
let chatId: string;

beforeAll(async () => {
  customer = await stage.people.customer();
  admin = await stage.people.admin();
  chatId = (await customer.chat()).id;
  const socket = await customer.connect();
  await Promise.all(
    Array.from({ length: COUNT }, (_, index) =>
      socket.ask('send_message', { chatId, message: `Message ${index + 1}` }),
    ),
  );
});

async function page(query = '', person = customer): Promise<MessagePageDto> {
  const path = (person === admin ? apiPaths.adminMessages : apiPaths.userMessages)(chatId);
  const { status, body } = await person.rest.get<MessagePageDto>(`${path}${query}`);
  expect(status).toBe(200);
  return body;
}

const seqs = ({ messages }: MessagePageDto) => messages.map(({ seq }) => seq);
const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('a page of history', () => {
  it('is the newest fifty when nothing is asked', async () => {
    const newest = await page();
    expect(seqs(newest)).toEqual(between(COUNT - 49, COUNT));
    expect(newest).toEqual({
      messages: expect.any(Array),
      hasMore: true,
      lastSeq: COUNT,
      seq: expect.any(Number),
      readSeq: { user: expect.any(Number), admin: 0 },
      epoch: (await customer.chat()).epoch,
    });
  });

  it('looks alike for both sides and over the socket', async () => {
    const mine = await page();
    expect(await page('', admin)).toEqual(mine);
    expect(await (await customer.connect()).ask('get_messages', { chatId })).toEqual(mine);
  });

  it.each([
    ['?limit=1', between(COUNT, COUNT), true],
    ['?limit=100', between(COUNT - 99, COUNT), true],
    ['?before=51', between(1, 50), false],
    ['?before=52', between(2, 51), true],
    ['?before=1', [], false],
    ['?before=3&limit=1', [2], true],
    ['?before=2147483647&limit=2', [COUNT - 1, COUNT], true],
    ['?after=0', between(1, 50), true],
    ['?after=0&limit=100', between(1, 100), true],
    ['?after=20&limit=100', between(21, COUNT), false],
    [`?after=${COUNT}`, [], false],
    [`?after=${COUNT - 1}`, [COUNT], false],
    ['?after=2147483647', [], false],
  ] as const)('%s', async (query, expected, hasMore) => {
    const found = await page(query);
    expect(seqs(found)).toEqual(expected);
    expect(found.hasMore).toBe(hasMore);
    expect(found.lastSeq).toBe(COUNT);
  });

  it('leads forwards through everything, each message once', async () => {
    const found: number[] = [];
    for (let after = 0, more = true; more;) {
      const next = await page(`?after=${after}&limit=7`);
      found.push(...seqs(next));
      expect(next.seq).toBeGreaterThan(after);
      [after, more] = [next.seq, next.hasMore];
    }
    expect(found).toEqual(between(1, COUNT));
  });

  it('leads backwards through everything, each message once', async () => {
    const found: number[] = [];
    for (let next = await page('?limit=7'); ; next = await page(`?before=${found[0]}&limit=7`)) {
      found.unshift(...seqs(next));
      if (!next.hasMore) break;
    }
    expect(found).toEqual(between(1, COUNT));
  });

  it('of an empty chat is empty', async () => {
    const newcomer = await stage.people.customer();
    const { body } = await newcomer.rest.get<MessagePageDto>(
      apiPaths.userMessages((await newcomer.chat()).id),
    );
    expect(body).toMatchObject({ messages: [], hasMore: false, lastSeq: 0, seq: 0 });
  });

  it('catches up with exactly what was missed while away', async () => {
    const before = (await page('?limit=1')).lastSeq;
    const socket = await customer.join(chatId);
    socket.close();
    const missed = [await customer.writes(chatId, 'While away'), await customer.writes(chatId, 'And again')];
    const back = await customer.connect();
    expect((await back.ask('join_chat', { chatId })).chat.lastSeq).toBe(before + 2);
    const caughtUp = await back.ask('get_messages', { chatId, after: before });
    expect(caughtUp.messages).toEqual(missed);
    expect(caughtUp).toMatchObject({ hasMore: false, seq: before + 2, lastSeq: before + 2 });
  });
});
