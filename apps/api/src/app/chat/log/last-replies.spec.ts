import { Types } from 'mongoose';

import { type Message } from '../schemas/message.schema';
import { lastReplyOfOthers, withReply } from './last-replies';

const [ADA, BO, CY] = [new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId()];

/** What the log holds, from entry 1 on. */
function after(...entries: Pick<Message, 'sender' | 'senderRole' | 'kind'>[]) {
  return entries.reduce(
    (replies, entry, index) => withReply(replies, { ...entry, seq: index + 1 } as Message),
    [] as ReturnType<typeof withReply>,
  );
}

const by = (sender: Types.ObjectId) => ({ sender, senderRole: 'admin', kind: 'message' }) as const;

describe('the last replies of a log', () => {
  it.each([
    [[ADA, BO, ADA, ADA], { ada: 2, bo: 4, cy: 4 }],
    [[ADA, BO, CY, CY], { ada: 4, bo: 4, cy: 2 }],
    [[ADA, BO, CY, BO, ADA], { ada: 4, bo: 5, cy: 5 }],
    [[ADA, ADA], { ada: 0, bo: 2, cy: 2 }],
    [[], { ada: 0, bo: 0, cy: 0 }],
  ])('say where the newest of anybody else stands (story %#)', (senders, { ada, bo, cy }) => {
    const replies = after(...senders.map(by));
    expect([ADA, BO, CY].map((admin) => lastReplyOfOthers(replies, admin))).toEqual([ada, bo, cy]);
    expect(replies.length).toBeLessThanOrEqual(2);
  });

  it('are those of admins only, and no changes of messages', () => {
    const replies = after(
      by(BO),
      { sender: CY, senderRole: 'user', kind: 'message' },
      { sender: null, senderRole: 'system', kind: 'message' },
      { sender: CY, senderRole: 'admin', kind: 'change' },
    );
    expect(lastReplyOfOthers(replies, ADA)).toBe(1);
  });
});
