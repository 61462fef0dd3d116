import '../../../test/indexed-database';

import { aMessage } from '@elite-chat/testing';

import { openOutbox } from './outbox-storage';

describe('IndexedOutboxStorage', () => {
  it('opens its database again where the browser has dropped the connection', async () => {
    const opened = jest.spyOn(indexedDB, 'open');
    const storage = await openOutbox('dropped');
    const connection: IDBDatabase = opened.mock.results[0]?.value.result;
    await storage.add(aMessage({ message: 'before' }));
    connection.close();
    await storage.add(aMessage({ seq: 2, message: 'after' }));
    expect((await storage.all()).map(({ message }) => message.message)).toEqual(['before', 'after']);
    storage.close();
  });

  it('keeps a message once, however often it is told to', async () => {
    const storage = await openOutbox('twice');
    await storage.add(aMessage());
    await storage.add(aMessage());
    expect(await storage.all()).toHaveLength(1);
    storage.close();
  });
});
