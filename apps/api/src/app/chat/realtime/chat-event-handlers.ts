import {
  AssignChatPayloadDto,
  ChatReferenceDto,
  type ClientEventAnswer,
  type ClientEventName,
  type ClientEventPayload,
  JOINED_CHATS_MAX,
  MarkReadPayloadDto,
  MessagePagePayloadDto,
  SendMessagePayloadDto,
  SetIdleDto,
  TypingDto,
} from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';

import { chatRoom, isChatRoom } from '../chat-rooms';
import { ChatsService } from '../chats.service';
import { MessagesService } from '../messages.service';
import { PresenceService } from '../presence/presence.service';
import { ReadMarksService } from '../read-marks.service';
import { TypingService } from '../typing.service';
import { type InputType, invalidInput } from '../../validation/validate-input';
import { type ChatSocket } from './chat-socket';

/** How one event is answered: the DTO that its payload must be, and the act. */
export interface ClientEventHandler<E extends ClientEventName> {
  payload: InputType<ClientEventPayload<E>>;
  act(socket: ChatSocket, payload: ClientEventPayload<E>): Promise<ClientEventAnswer<E>>;
}

/** A handler for every event of the catalogue. */
export type ClientEventHandlers = { [E in ClientEventName]: ClientEventHandler<E> };

/** The socket's door to the services: one entry for each event, and nothing that a service should do. */
@Injectable()
export class ChatEventHandlers {
  readonly handlers: ClientEventHandlers = {
    join_chat: {
      payload: ChatReferenceDto,
      act: async (socket, { chatId }) => {
        // The room is entered before the head is read: what is stored meanwhile comes as an event or is in the head.
        const chat = await this.chats.chat(socket.data.user, chatId, async (id) =>
          join(socket, chatRoom(id)),
        );
        return { chat };
      },
    },
    leave_chat: {
      payload: ChatReferenceDto,
      act: async (socket, { chatId }) => {
        await socket.leave(chatRoom(chatId.toLowerCase()));
        return {};
      },
    },
    send_message: {
      payload: SendMessagePayloadDto,
      act: async (socket, { chatId, ...input }) => {
        // A socket's messages go into their queues strictly in the order in which they were sent.
        const accepted = socket.data.sends.then(() => this.messages.accept(socket.data.user, chatId, input));
        socket.data.sends = accepted.catch(() => undefined);
        const { stored } = await accepted;
        return (await stored).message;
      },
    },
    typing: {
      payload: TypingDto,
      act: async (socket, payload) => {
        await this.typing.announce(socket.data.user, payload);
        return {};
      },
    },
    mark_read: {
      payload: MarkReadPayloadDto,
      act: (socket, { chatId, ...input }) => this.readMarks.markRead(socket.data.user, chatId, input),
    },
    get_messages: {
      payload: MessagePagePayloadDto,
      act: (socket, { chatId, ...query }) => this.messages.page(socket.data.user, chatId, query),
    },
    assign_chat: {
      payload: AssignChatPayloadDto,
      act: (socket, { chatId, ...input }) => this.chats.assign(socket.data.user, chatId, input),
    },
    unassign_chat: {
      payload: ChatReferenceDto,
      act: (socket, { chatId }) => this.chats.unassign(socket.data.user, chatId),
    },
    close_chat: {
      payload: ChatReferenceDto,
      act: (socket, { chatId }) => this.chats.close(socket.data.user, chatId),
    },
    reopen_chat: {
      payload: ChatReferenceDto,
      act: (socket, { chatId }) => this.chats.reopen(socket.data.user, chatId),
    },
    set_idle: {
      payload: SetIdleDto,
      act: async (socket, payload) => {
        this.presence.setIdle(socket.data.user, socket.id, payload);
        return {};
      },
    },
  };

  constructor(
    private readonly chats: ChatsService,
    private readonly messages: MessagesService,
    private readonly readMarks: ReadMarksService,
    private readonly typing: TypingService,
    private readonly presence: PresenceService,
  ) {}
}

/** @throws ApiError `validation_failed` when the connection has joined as many chats as it may */
async function join(socket: ChatSocket, room: string): Promise<void> {
  const joined = [...socket.rooms].filter(isChatRoom).length;
  if (joined >= JOINED_CHATS_MAX && !socket.rooms.has(room)) {
    const message = `chatId must not be another one while ${JOINED_CHATS_MAX} chats are joined: leave one first`;
    throw invalidInput([{ field: 'chatId', message }]);
  }
  await socket.join(room);
}
