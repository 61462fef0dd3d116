import { type Attempt } from '@elite-chat/chat-client';
import { type MessageDto } from '@elite-chat/contracts';
import { mongo } from 'mongoose';

import { checkLog } from './check-log';
import { type StoredData, type StoredEntry } from './stored-data';

const CHAT = new mongo.ObjectId('665f1f77bcf86cd799439013');
const SENDER = new mongo.ObjectId('665f1f77bcf86cd799439011');

const entry = (seq: number, message: string, clientMessageId = message): StoredEntry => ({
  _id: new mongo.ObjectId(),
  chat: CHAT,
  lane: 'thread',
  seq,
  kind: 'message',
  sender: SENDER,
  senderRole: 'user',
  message,
  clientMessageId,
  written: { user: seq, admin: 0 },
  system: null,
});

const stored = (...log: StoredEntry[]): StoredData => ({
  entries: new Map([[CHAT.toHexString(), log]]),
  chats: [],
  inbox: {},
  openOf: new Map(),
  countedMessages: 0,
});

const ackOf = ({ _id, seq, message, clientMessageId }: StoredEntry): MessageDto => ({
  id: _id.toHexString(),
  chat: CHAT.toHexString(),
  seq,
  sender: SENDER.toHexString(),
  senderName: 'Cora Lane',
  senderRole: 'user',
  message,
  messageType: 'text',
  clientMessageId,
  isRead: false,
  readAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});

const attempt = (order: number, message: string, ...acks: MessageDto[]): Attempt => ({
  chatId: CHAT.toHexString(),
  sender: SENDER.toHexString(),
  device: 'a device',
  order,
  clientMessageId: message,
  message,
  tries: 1,
  acks,
  refusal: null,
});

const NOTHING_WRONG = { lost: [], dup: [], gaps: [], order: [], invented: [] };

describe('the checker of logs', () => {
  const [one, two] = [entry(1, 'one'), entry(2, 'two')];

  it('finds nothing where everything acknowledged stands once, in order', () => {
    const attempts = [attempt(0, 'one', ackOf(one)), attempt(1, 'two', ackOf(two))];
    expect(checkLog(attempts, stored(one, two))).toEqual(NOTHING_WRONG);
  });

  it('does not mind what was neither acknowledged nor stored, nor what was stored without an answer', () => {
    expect(checkLog([attempt(0, 'one'), attempt(1, 'two')], stored(one))).toEqual(NOTHING_WRONG);
  });

  it.each([
    ['lost: acknowledged and not stored', 'lost', [attempt(0, 'one', ackOf(one))], []],
    ['lost: stored under another number', 'lost', [attempt(0, 'one', { ...ackOf(one), seq: 2 })], [one]],
    ['lost: stored with another text', 'lost', [{ ...attempt(0, 'one', ackOf(one)), message: '1' }], [one]],
    ['doubled', 'dup', [attempt(0, 'one')], [one, entry(2, 'one')]],
    ['gap', 'gaps', [attempt(0, 'two')], [two]],
    ['number given twice', 'gaps', [attempt(0, 'one'), attempt(1, 'two')], [one, entry(1, 'two')]],
    ['turned order', 'order', [attempt(0, 'two'), attempt(1, 'one')], [one, two]],
    ['invented: nobody wrote it', 'invented', [], [one]],
  ] as const)('finds what is %s', (_what, kind, attempts, log) => {
    expect(checkLog(attempts, stored(...log))[kind]).toHaveLength(1);
  });
});
