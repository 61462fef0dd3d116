import { aChat, aMessage, anAnswer, aReadReceipt } from '@elite-chat/testing';

import { isInDoubtAfter, withMessage, withReceipt } from './chat-changes';

describe('withReceipt', () => {
  /** A chat with messages of the customer only, none of them read. */
  const unreadChat = (lastSeq: number) => aChat({ lastSeq, unreadCount: { user: 0, admin: lastSeq } });

  it('takes what the server has counted at the same entry', () => {
    const receipt = aReadReceipt({ seq: 3, lastSeq: 5, unreadCount: 2 });
    expect(withReceipt(unreadChat(5), receipt).unreadCount.admin).toBe(2);
    expect(isInDoubtAfter(unreadChat(5), receipt)).toBe(false);
  });

  it('does not take away what has come after the receipt was counted', () => {
    const receipt = aReadReceipt({ seq: 5, lastSeq: 5, unreadCount: 0 });
    const read = withReceipt(unreadChat(6), receipt);
    expect([read.unreadCount.admin, read.readSeq.admin]).toEqual([1, 5]);
    expect(isInDoubtAfter(unreadChat(6), receipt)).toBe(true);
  });

  it('counts no less than is unread for a row that is behind the receipt', () => {
    const receipt = aReadReceipt({ seq: 5, lastSeq: 6, unreadCount: 1 });
    const messages = [aMessage({ seq: 5 }), aMessage({ seq: 6 })];
    const heard = messages.reduce(withMessage, withReceipt(unreadChat(4), receipt));
    expect(heard.unreadCount.admin).toBeGreaterThanOrEqual(1);
    expect(isInDoubtAfter(unreadChat(4), receipt)).toBe(true);
  });

  it('counts nothing that was read before it was heard', () => {
    const read = withReceipt(aChat(), aReadReceipt({ reader: 'user', seq: 1, lastSeq: 1 }));
    expect(withMessage(read, anAnswer()).unreadCount.user).toBe(0);
  });

  it('leaves nothing in doubt where a mark stands there already', () => {
    const chat = withReceipt(unreadChat(6), aReadReceipt({ seq: 5, lastSeq: 5 }));
    expect(isInDoubtAfter(chat, aReadReceipt({ seq: 5, lastSeq: 5 }))).toBe(false);
    expect(withReceipt(chat, aReadReceipt({ seq: 2, lastSeq: 5, unreadCount: 3 }))).toBe(chat);
  });
});
