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

  it('keeps a message in the place of another, behind all others', async () => {
    const storage = await openOutbox('replaced');
    const [failed, other] = [aMessage({ message: 'failed' }), aMessage({ seq: 2, message: 'other' })];
    await storage.add(failed);
    await storage.add(other);
    await storage.fail(failed.clientMessageId, { code: 'internal_error', message: 'x' });
    await storage.replace(failed.clientMessageId, failed);
    const kept = await storage.all();
    expect(kept.map(({ message }) => message.message)).toEqual(['other', 'failed']);
    expect(kept.map(({ failure }) => failure)).toEqual([null, null]);
    storage.close();
  });

  it('keeps the one that was there where the other can’t be kept', async () => {
    const storage = await openOutbox('not replaced');
    const failed = aMessage({ message: 'failed' });
    await storage.add(failed);
    jest.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(storage.replace(failed.clientMessageId, failed)).rejects.toThrow('full');
    expect(await storage.all()).toHaveLength(1);
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
