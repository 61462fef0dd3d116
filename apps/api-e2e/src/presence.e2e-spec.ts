import {
  apiPaths,
  type CustomersPresenceDto,
  type ErrorBody,
  type Presence,
  PRESENCE_IDS_MAX,
  type SupportPresenceDto,
} from '@elite-chat/contracts';

import { eventually } from './support/eventually';
import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage();

let admin: Person;
let customer: Person;

beforeEach(async () => {
  admin = await stage.people.admin();
  customer = await stage.people.customer();
});

afterEach(() => {
  admin.closeSockets();
  customer.closeSockets();
});

async function presence(...userIds: string[]): Promise<Presence[]> {
  const path = `${apiPaths.adminPresence}?userIds=${userIds.join()}`;
  const { status, body } = await admin.rest.get<CustomersPresenceDto>(path);
  expect(status).toBe(200);
  return body.customers.map((one) => one.presence);
}

async function isSupportOnline(): Promise<boolean> {
  return (await customer.rest.get<SupportPresenceDto>(apiPaths.userSupport)).body.isOnline;
}

describe('presence', () => {
  it('tells admins of a customer who comes, leaves the screen, and goes', async () => {
    const { id } = customer.user;
    const socket = await admin.connect();
    const tellsThat = (state: Presence) =>
      socket.hears('customer_presence', ({ customers }) =>
        customers.some((one) => one.userId === id && one.presence === state),
      );
    expect(await presence(id)).toEqual(['gone']);
    const own = await customer.connect();
    await tellsThat('online');
    expect(await presence(id)).toEqual(['online']);
    await own.ask('set_idle', { isIdle: true });
    await tellsThat('idle');
    expect(await presence(id, 'f'.repeat(24))).toEqual(['idle', 'gone']);
    own.close();
    await tellsThat('gone');
    expect(own.events).not.toContain('customer_presence');
  });

  it('tells customers whether somebody answers, at once and on each change', async () => {
    const own = await customer.connect();
    // Admins of other tests have left the moment before.
    await own.hears('support_presence');
    await eventually(isSupportOnline, (isOnline) => !isOnline, 'nobody to answer');
    own.forget();
    const answering = await admin.connect();
    await own.hears('support_presence', ({ isOnline }) => isOnline);
    expect(await isSupportOnline()).toBe(true);
    await answering.ask('set_idle', { isIdle: true });
    await own.hears('support_presence', ({ isOnline }) => !isOnline);
    expect(await isSupportOnline()).toBe(false);
    await answering.ask('set_idle', { isIdle: false });
    const later = await customer.connect();
    expect(await later.hears('support_presence')).toEqual({ isOnline: true });
    expect(answering.events).not.toContain('support_presence');
  });

  it('is each side’s own to ask for', async () => {
    const { id } = customer.user;
    expect((await customer.rest.get(`${apiPaths.adminPresence}?userIds=${id}`)).status).toBe(403);
    expect((await admin.rest.get(apiPaths.userSupport)).status).toBe(403);
    for (const path of [apiPaths.userSupport, `${apiPaths.adminPresence}?userIds=${id}`]) {
      expect((await stage.people.nobody.get(path)).status).toBe(401);
    }
  });

  it.each([
    ['no ids', ''],
    ['something else', 'cora'],
    [
      'too many',
      Array(PRESENCE_IDS_MAX + 1)
        .fill('f'.repeat(24))
        .join(),
    ],
  ])('refuses %s, naming the field and the limit', async (_name, userIds) => {
    const answer = await admin.rest.get<ErrorBody>(`${apiPaths.adminPresence}?userIds=${userIds}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: 'validation_failed',
      details: [{ field: 'userIds', message: expect.stringContaining(`1 to ${PRESENCE_IDS_MAX}`) }],
    });
  });
});
