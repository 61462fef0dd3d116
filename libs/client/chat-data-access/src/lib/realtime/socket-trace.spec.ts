import { aChat, aMessage } from '@elite-chat/testing';

import { endClient, startClient } from '../../../test/start-client';

describe('the trace of the socket', () => {
  let lines: unknown[][];

  beforeEach(() => {
    lines = [];
    jest.spyOn(console, 'log').mockImplementation((...line: unknown[]) => lines.push(line));
  });

  afterEach(endClient);

  it.each(['socket.io-client:*', '*', 'engine,socket.io-client:socket', 'other  socket.io-*'])(
    'shows what comes and goes when localStorage.debug is %s',
    async (setting) => {
      localStorage.setItem('debug', setting);
      const { server, socket } = await startClient();
      const leaving = socket.emitWithAck('leave_chat', { chatId: aChat().id });
      server.store({});
      await leaving;
      expect(lines).toEqual(
        expect.arrayContaining([
          ['socket.io-client:socket', '·', 'connect', undefined],
          ['socket.io-client:socket', '→', 'leave_chat', { chatId: aChat().id }],
          ['socket.io-client:socket', '←', 'leave_chat', { ok: true, data: {} }],
          ['socket.io-client:socket', '←', 'new_message', aMessage()],
        ]),
      );
    },
  );

  it.each(['', 'engine.io-client:*', 'socket.io-client'])('is silent when it is "%s"', async (setting) => {
    localStorage.setItem('debug', setting);
    const { server } = await startClient();
    server.store({});
    expect(lines).toEqual([]);
  });
});
