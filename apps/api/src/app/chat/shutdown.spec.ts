import { apiPaths } from '@elite-chat/contracts';
import { createConnection, type Model } from 'mongoose';
import { io } from 'socket.io-client';

import { TEST_JWT_SECRET } from '../../../test/accounts-context';
import { createTestApp } from '../../../test/test-app';
import { createTestDatabase } from '../../../test/test-database';
import { AppDoors } from '../app-doors.service';
import { AuthService } from '../auth/auth.service';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { Environment } from '../config/environment';
import { createApp } from '../create-app';
import { UsersService } from '../users/users.service';
import { ChatsService } from './chats.service';
import { MessagesService } from './messages.service';
import { Chat, ChatSchema } from './schemas/chat.schema';

describe('a clean stop', () => {
  it('stores what is in flight, answers it, and brings the chat up to it', async () => {
    const database = await createTestDatabase();
    const variables = { JWT_SECRET: TEST_JWT_SECRET, MONGODB_URI: database.uri, LOG_LEVEL: 'silent' };
    const app = await createApp(Environment.read(variables), database.uri);
    await app.listen(0, '127.0.0.1');
    const account = { name: 'Cora Lane', email: 'cora@example.com', password: 'correct-horse-battery' };
    const { _id } = await app.get(UsersService).createAccount(account, 'user');
    const customer: AuthenticatedUser = {
      ...account,
      id: _id.toHexString(),
      role: 'user',
      tokenFingerprint: '',
      expiresAt: new Date(Date.now() + 60_000),
    };
    const { id } = await app.get(ChatsService).ownActiveChat(customer);
    const accepted = [];
    for (let index = 1; index <= 20; index++) {
      accepted.push((await app.get(MessagesService).accept(customer, id, { message: `${index}` })).stored);
    }
    const closing = app.close();
    // The doors are open until all is answered: what still comes is stored whole or refused, not half done.
    let late = 0;
    let refusal: unknown = null;
    while (refusal === null) {
      refusal = await app
        .get(MessagesService)
        .send(customer, id, { message: 'late' })
        .then(
          () => {
            late++;
            return null;
          },
          (error: unknown) => error,
        );
    }
    expect(refusal).toMatchObject({ code: 'unavailable', retryAfter: 1 });
    await closing;
    expect((await Promise.all(accepted)).map(({ message }) => message.seq)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const connection = await createConnection(database.uri).asPromise();
    const chats: Model<Chat> = connection.model(Chat.name, ChatSchema);
    expect(await chats.findById(id).lean()).toMatchObject({
      lastSeq: 20 + late,
      lastMessage: late > 0 ? 'late' : '20',
    });
    await connection.close();
    await database.drop();
  });
});

describe('a stop', () => {
  it('lets nobody in any more, and sends away who is connected when it has answered', async () => {
    const { app, url, close } = await createTestApp();
    const account = { name: 'Cora Lane', email: 'cora@example.com', password: 'correct-horse-battery' };
    await app.get(UsersService).createAccount(account, 'user');
    const { token } = await app.get(AuthService).login(account);
    const connect = () =>
      io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
    const socket = connect();
    await new Promise((resolve) => socket.once('connect', () => resolve(null)));
    const left = new Promise((resolve) => socket.once('disconnect', resolve));

    app.get(AppDoors).close();

    const late = connect();
    const refusal = await new Promise((resolve) => late.once('connect_error', resolve));
    expect(refusal).toMatchObject({ message: 'unavailable', data: { code: 'unavailable', retryAfter: 1 } });
    late.disconnect();
    const answer = await fetch(`${url}/api/${apiPaths.me}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ code: 'unavailable', requestId: expect.any(String) });
    expect(socket.connected).toBe(true);
    await close();
    // Not "io server disconnect", after which a client does not come back by itself.
    expect(await left).toBe('transport close');
  });
});
