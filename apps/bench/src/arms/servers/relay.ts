import { createServer } from 'node:http';

import { type MessageDto } from '@elite-chat/contracts';
import { Server, type ServerOptions } from 'socket.io';

/** What a sender sends, in every arm. */
export interface SentMessage {
  chatId: string;
  message: string;
  clientMessageId: string;
}

/** How an arm keeps a message, and what it then sends to the room. */
export type Keep = (input: SentMessage) => Promise<MessageDto> | MessageDto;

type Ack = (answer: unknown) => void;

/**
 * A chat of Socket.IO alone: join a room, send to it, be answered. It trusts whoever comes.
 * @param open makes a room's chat, where the arm stores any
 */
export function startRelay(
  keep: Keep,
  open: (chatId: string) => Promise<void> = () => Promise.resolve(),
  options: Partial<ServerOptions> = {},
): void {
  const http = createServer((_request, response) => void response.end());
  // As the product's adapter is set.
  const io = new Server(http, {
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    ...options,
  });
  io.on('connection', (socket) => {
    socket.on('join_chat', async ({ chatId }: { chatId: string }, ack: Ack) => {
      await socket.join(`chat:${chatId}`);
      await open(chatId);
      ack({ ok: true, data: {} });
    });
    socket.on('send_message', async (input: SentMessage, ack: Ack) => {
      const message = await keep(input);
      io.to(`chat:${input.chatId}`).emit('new_message', message);
      ack({ ok: true, data: message });
    });
  });
  http.listen(Number(process.env['PORT']), process.env['HOST']);
}
