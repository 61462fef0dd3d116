import { apiPaths, type ChatListDto, type ErrorBody, type OverviewDto } from '@elite-chat/contracts';

import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage({ HOST_ADMINS: 'true' });

let admin: Person;
let customer: Person;
let chatId: string;

beforeEach(async () => {
  admin = await stage.people.admin();
  customer = await stage.people.customer();
  chatId = (await customer.chat()).id;
});

async function overview(query = ''): Promise<OverviewDto> {
  const { status, body } = await admin.rest.get<OverviewDto>(`${apiPaths.adminOverview}${query}`);
  expect(status).toBe(200);
  return body;
}

async function shown(show: string): Promise<string[]> {
  const { status, body } = await admin.rest.get<ChatListDto>(`${apiPaths.adminChats}?show=${show}`);
  expect(status).toBe(200);
  return body.chats.map(({ id }) => id);
}

describe('the overview', () => {
  it('follows a chat from the question to the answer, and so does the inbox', async () => {
    const before = await overview();
    await customer.writes(chatId, 'Where are my photos?');
    expect(await overview()).toMatchObject({
      waiting: before.waiting + 1,
      open: before.open + 1,
      unread: before.unread + 1,
      messagesToday: before.messagesToday + 1,
    });
    for (const show of ['all', 'waiting', 'unread', 'open']) expect(await shown(show)).toContain(chatId);
    await admin.writes(chatId, 'On their way.');
    await admin.rest.post(apiPaths.adminRead(chatId), {});
    expect(await overview()).toMatchObject({
      waiting: before.waiting,
      open: before.open + 1,
      unread: before.unread,
      messagesToday: before.messagesToday + 2,
    });
    for (const show of ['all', 'open']) expect(await shown(show)).toContain(chatId);
    for (const show of ['waiting', 'unread']) expect(await shown(show)).not.toContain(chatId);
  });

  it('is told to admins as it changes, and to no customer', async () => {
    const [own, other] = [await customer.connect(), await (await stage.people.customer()).connect()];
    const socket = await admin.connect();
    const { waiting } = await overview();
    await customer.writes(chatId, 'Where are my photos?');
    const told = await socket.hears('overview_updated', (figures) => figures.waiting > waiting);
    expect(Object.keys(told).sort()).toEqual(['customersOnline', 'open', 'unassigned', 'unread', 'waiting']);
    expect(told.customersOnline).toBeGreaterThanOrEqual(2);
    for (const line of [own, other]) {
      await line.isUpToDate();
      expect(line.events).not.toContain('overview_updated');
      expect(line.events).not.toContain('own_overview_updated');
    }
  });

  it('tells each admin alone how many open chats are theirs, as do the tabs of the inbox', async () => {
    const other = await stage.people.admin('Abe Reed');
    const [own, others] = [await admin.connect(), await other.connect()];
    await customer.writes(chatId, 'Where are my photos?');
    const before = await overview();
    expect(await shown('unassigned')).toContain(chatId);
    await admin.rest.post(apiPaths.adminAssign(chatId), {});
    expect(await own.hears('own_overview_updated')).toEqual({ mine: before.mine + 1 });
    expect(await overview()).toMatchObject({ mine: before.mine + 1, unassigned: before.unassigned - 1 });
    expect(await shown('mine')).toContain(chatId);
    expect(await shown('unassigned')).not.toContain(chatId);
    await others.isUpToDate();
    expect(others.events).not.toContain('own_overview_updated');
    await admin.rest.post(apiPaths.adminClose(chatId), {});
    await own.hears('own_overview_updated', ({ mine }) => mine === before.mine);
    expect(await shown('mine')).not.toContain(chatId);
    expect(await shown('all')).toContain(chatId);
  });

  it('is refused to customers and to nobody in particular', async () => {
    expect((await customer.rest.get(apiPaths.adminOverview)).status).toBe(403);
    expect((await stage.people.nobody.get(apiPaths.adminOverview)).status).toBe(401);
  });

  it('counts messages since a time of any zone', async () => {
    await customer.writes(chatId, 'Where are my photos?');
    const anHourAgo = new Date(Date.now() - 3_600_000 + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
    expect((await overview(`?since=${encodeURIComponent(anHourAgo)}`)).messagesToday).toBeGreaterThan(0);
  });

  it.each([
    [apiPaths.adminOverview, 'since', '2020-01-01T00:00:00Z'],
    [apiPaths.adminOverview, 'since', 'yesterday'],
    [apiPaths.adminChats, 'show', 'closed'],
    [apiPaths.adminChats, 'show', '{"$ne":null}'],
  ])('refuses %s?%s=%s, naming the field', async (path, field, value) => {
    const answer = await admin.rest.get<ErrorBody>(`${path}?${field}=${encodeURIComponent(value)}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'validation_failed', details: [{ field }] });
  });

  it('is no filter of a customer’s own chats', async () => {
    expect((await customer.rest.get(`${apiPaths.userChats}?show=open`)).status).toBe(400);
  });
});
