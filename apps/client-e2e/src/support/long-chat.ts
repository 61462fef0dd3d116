import { io } from 'socket.io-client';

import { expect } from './test';

/** So many messages are under way at once: less than what the server queues for one chat. */
const UNDER_WAY = 500;

/** Writes messages into an account's own chat as fast as the server takes them, in order. */
export async function writeMany(
  url: string,
  account: { email: string; password: string },
  texts: readonly string[],
): Promise<void> {
  const login = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: account.email, password: account.password }),
  });
  const { token } = await login.json();
  const chat = await fetch(`${url}/api/chat/user/chat`, { headers: { authorization: `Bearer ${token}` } });
  const { id: chatId } = await chat.json();
  const socket = io(url, { auth: { token }, transports: ['websocket'] });
  try {
    for (let from = 0; from < texts.length; from += UNDER_WAY) {
      const acks = texts
        .slice(from, from + UNDER_WAY)
        .map((message) => socket.timeout(30_000).emitWithAck('send_message', { chatId, message }));
      for (const ack of await Promise.all(acks)) expect(ack.ok, JSON.stringify(ack)).toBe(true);
    }
  } finally {
    socket.disconnect();
  }
}
