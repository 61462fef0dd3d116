import { type Ack, ChatReferenceDto } from '@elite-chat/contracts';

import { Metrics } from '../../metrics/metrics';
import { type ChatEventHandlers } from './chat-event-handlers';
import { type ChatSocket } from './chat-socket';
import { SocketEventBinder } from './socket-event-binder';
import { type SocketLimits } from './socket-limits';

const CHAT = '665f1f77bcf86cd799439013';

describe('an event of a socket', () => {
  afterEach(() => jest.useRealTimers());

  it('is answered before the caller gives up, also when the database never answers', async () => {
    jest.useFakeTimers();
    const never = () => new Promise(() => undefined);
    const events = { handlers: { join_chat: { payload: ChatReferenceDto, act: never } } };
    const limits = { admitEvent: async () => undefined };
    let say: (...args: unknown[]) => void = () => undefined;
    const socket = { data: { user: { id: 'somebody' } }, onAny: (listener: typeof say) => (say = listener) };
    const binder = new SocketEventBinder(
      Object.create(events) satisfies ChatEventHandlers,
      Object.create(limits) satisfies SocketLimits,
      new Metrics(),
    );
    binder.bind(Object.create(socket) satisfies ChatSocket);

    const acks: Ack<unknown>[] = [];
    say('join_chat', { chatId: CHAT }, (ack: Ack<unknown>) => acks.push(ack));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(acks).toMatchObject([{ ok: false, error: { code: 'unavailable' } }]);
  });
});
