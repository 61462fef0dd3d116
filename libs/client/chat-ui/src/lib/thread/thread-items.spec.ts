import { displayedMessage, displayedReply } from '../testing/sample-messages';
import { GROUP_GAP_MS, layOutThread, type ThreadReader } from './thread-items';

const customer: ThreadReader = { side: 'user', unreadAfter: null };
const noon = new Date(2026, 6, 15, 12).getTime();
const at = (ms: number) => new Date(noon + ms).toISOString();

const groups = (items: ReturnType<typeof layOutThread>) =>
  items.flatMap((item) =>
    item.kind === 'message' ? [`${item.isFirst ? '[' : ''}${item.key}${item.isLast ? ']' : ''}`] : [],
  );

describe('layOutThread', () => {
  it('puts a separator before the first message of each day', () => {
    const items = layOutThread(
      [
        displayedMessage({ seq: 1, createdAt: new Date(2026, 6, 14, 23, 59).toISOString() }),
        displayedMessage({ seq: 2, createdAt: new Date(2026, 6, 15, 0, 1).toISOString() }),
        displayedMessage({ seq: 3, createdAt: new Date(2026, 6, 15, 0, 2).toISOString() }),
      ],
      customer,
    );
    expect(items.map(({ kind }) => kind)).toEqual(['day', 'message', 'day', 'message', 'message']);
    expect(groups(items)).toEqual(['[key-1]', '[key-2', 'key-3]']);
  });

  it('groups messages of one sender, and no others', () => {
    const items = layOutThread(
      [
        displayedMessage({ seq: 1 }),
        displayedMessage({ seq: 2 }),
        displayedReply({ seq: 3 }),
        displayedReply({ seq: 4, sender: 'another admin' }),
        displayedMessage({ seq: 5 }),
      ],
      customer,
    );
    expect(groups(items)).toEqual(['[key-1', 'key-2]', '[key-3]', '[key-4]', '[key-5]']);
  });

  it('begins a new group after a pause', () => {
    const items = layOutThread(
      [
        displayedMessage({ seq: 1, createdAt: at(0) }),
        displayedMessage({ seq: 2, createdAt: at(GROUP_GAP_MS) }),
        displayedMessage({ seq: 3, createdAt: at(2 * GROUP_GAP_MS + 1) }),
      ],
      customer,
    );
    expect(groups(items)).toEqual(['[key-1', 'key-2]', '[key-3]']);
  });

  it('lets what the system says end a group', () => {
    const items = layOutThread(
      [
        displayedMessage({ seq: 1 }),
        displayedMessage({ seq: 2, senderRole: 'system', sender: null, senderName: null }),
        displayedMessage({ seq: 3 }),
      ],
      customer,
    );
    expect(items.map(({ kind }) => kind)).toEqual(['day', 'message', 'system', 'message']);
    expect(groups(items)).toEqual(['[key-1]', '[key-3]']);
  });

  it('puts the "new messages" line before the first one of the other side that was not read', () => {
    const items = layOutThread(
      [
        displayedReply({ seq: 1 }),
        displayedMessage({ seq: 2 }),
        displayedMessage({ seq: 3, senderRole: 'system', sender: null }),
        displayedReply({ seq: 4 }),
        displayedReply({ seq: 5 }),
      ],
      { side: 'user', unreadAfter: 1 },
    );
    expect(items.map(({ key }) => key)).toEqual([
      'day:key-1',
      'key-1',
      'key-2',
      'key-3',
      'unread',
      'key-4',
      'key-5',
    ]);
  });

  it('splits a group at the "new messages" line', () => {
    const items = layOutThread([displayedReply({ seq: 1 }), displayedReply({ seq: 2 })], {
      side: 'user',
      unreadAfter: 1,
    });
    expect(groups(items)).toEqual(['[key-1]', '[key-2]']);
  });

  it('draws no line when all is read, and none for the reader’s own side', () => {
    const messages = [displayedReply({ seq: 1 }), displayedMessage({ seq: 2 })];
    expect(
      layOutThread(messages, { side: 'user', unreadAfter: 1 }).some(({ kind }) => kind === 'unread'),
    ).toBe(false);
    expect(layOutThread(messages, customer).some(({ kind }) => kind === 'unread')).toBe(false);
  });

  it('stands a message at the right of the side that has written it', () => {
    const messages = [displayedMessage({ seq: 1 }), displayedReply({ seq: 2 })];
    const own = (side: 'user' | 'admin') =>
      layOutThread(messages, { side, unreadAfter: null }).flatMap((item) =>
        item.kind === 'message' ? [item.isOwn] : [],
      );
    expect(own('user')).toEqual([true, false]);
    expect(own('admin')).toEqual([false, true]);
  });
});
