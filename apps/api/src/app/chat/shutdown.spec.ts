import { createConnection, type Model } from 'mongoose';

import { TEST_JWT_SECRET } from '../../../test/accounts-context';
import { createTestDatabase } from '../../../test/test-database';
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
    // The doors are open until all is answered; what still comes is refused, not half done.
    const late = app.get(MessagesService).send(customer, id, { message: 'late' });
    await expect(late).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    await closing;
    expect((await Promise.all(accepted)).map(({ message }) => message.seq)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const connection = await createConnection(database.uri).asPromise();
    const chats: Model<Chat> = connection.model(Chat.name, ChatSchema);
    expect(await chats.findById(id).lean()).toMatchObject({ lastSeq: 20, lastMessage: '20' });
    await connection.close();
    await database.drop();
  });
});
