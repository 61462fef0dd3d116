import {
  type MessageDto,
  type MessagePageDto,
  type MessagePageQueryDto,
  PAGE_LIMIT_DEFAULT,
  type SendMessageDto,
  STALE_REPLY_MESSAGES_MAX,
} from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { type Types } from 'mongoose';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { DatabaseEpoch } from '../database/database-epoch';
import { ApiError } from '../errors/api-error';
import { invalidInput } from '../validation/validate-input';
import { SendMessageAct } from './acts/send-message.act';
import { toMessage } from './chat.mapper';
import { ChatAccess } from './chat-access.service';
import { type ActOutcome } from './log/log-act';
import { projectedHead } from './log/log-head';
import { LogReader } from './log/log-reader';
import { MessageLog } from './log/message-log';
import { NO_READ_MARKS } from './projection/read-times';
import { type Chat } from './schemas/chat.schema';
import { type Message } from './schemas/message.schema';

/** A message that is stored, and whether this very call has stored it. */
export interface SentMessage {
  message: MessageDto;
  isNew: boolean;
}

/** A message that has its place in the chat's queue. */
export interface AcceptedMessage {
  /** Resolves once it is durable, rejects with the ApiError that refused it. */
  stored: Promise<SentMessage>;
}

/** A walk over a thread in one direction. */
interface Walk {
  entries: Message[];
  /** The end of what was covered. */
  seq: number;
  hasMore: boolean;
}

/** What people do with messages. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly access: ChatAccess,
    private readonly log: MessageLog,
    private readonly reader: LogReader,
    private readonly epoch: DatabaseEpoch,
  ) {}

  /**
   * Sends a message. Resolves as soon as it has its place in the chat's queue, so that a caller who
   * sends several knows when the next may follow.
   * @throws ApiError `not_found`, `validation_failed` for a customer's `basedOnSeq`; `stored` rejects with
   *   `id_reused`, `chat_closed`, `stale_reply`, `busy`, `unavailable`
   */
  async accept(user: AuthenticatedUser, chatId: string, input: SendMessageDto): Promise<AcceptedMessage> {
    const id = await this.access.requireMembership(user, chatId);
    if (user.role !== 'admin') requireNoBase(input);
    const act = new SendMessageAct(id, user, input);
    const stored = this.log.append(act).then(
      (outcome) => this.toSentMessage(user, act, outcome),
      (error: unknown) => this.refuse(user, act, error),
    );
    return { stored };
  }

  /** Sends a message and waits until it is durable. */
  async send(user: AuthenticatedUser, chatId: string, input: SendMessageDto): Promise<SentMessage> {
    const accepted = await this.accept(user, chatId, input);
    return accepted.stored;
  }

  /** A page of the thread: the newest, those before a number, or the entries after one. */
  async page(user: AuthenticatedUser, chatId: string, query: MessagePageQueryDto): Promise<MessagePageDto> {
    const chat = await this.access.requireAccess(user, chatId);
    const { head } = await this.reader.head(chat._id, 'thread', projectedHead(chat));
    const { before, after, limit = PAGE_LIMIT_DEFAULT } = query;
    const walk =
      after === undefined
        ? await this.walkDown(chat, before, limit, head.seq)
        : await this.walkUp(chat, after, limit, head.seq);
    return {
      messages: walk.entries.map((entry) => toMessage(entry, chat.readMarks)),
      hasMore: walk.hasMore,
      lastSeq: head.seq,
      seq: walk.seq,
      readSeq: { user: chat.readMarks.user.seq, admin: chat.readMarks.admin.seq },
      epoch: this.epoch.epoch,
    };
  }

  private async walkDown(
    chat: Chat,
    before: number | undefined,
    limit: number,
    headSeq: number,
  ): Promise<Walk> {
    const start = Math.min(before ?? headSeq + 1, headSeq + 1);
    const { messages, covered } = await this.reader.messagesBefore(chat._id, 'thread', start, limit);
    return { entries: messages, seq: before === undefined ? headSeq : covered, hasMore: covered > 1 };
  }

  /** New messages and changed ones, each once and as it is now. */
  private async walkUp(chat: Chat, after: number, limit: number, headSeq: number): Promise<Walk> {
    const upTo = Math.min(after + limit, headSeq);
    const entries = await this.reader.entries(chat._id, 'thread', after, upTo);
    const messages = new Map(
      entries.filter(({ kind }) => kind === 'message').map((entry) => [entry._id.toHexString(), entry]),
    );
    const changed = entries.flatMap(({ target }) =>
      target && !messages.has(target.toHexString()) ? [target] : [],
    );
    for (const message of await this.reader.byIds(changed)) messages.set(message._id.toHexString(), message);
    return {
      entries: [...messages.values()].sort((one, other) => one.seq - other.seq),
      seq: Math.min(Math.max(after, upTo), headSeq),
      hasMore: upTo < headSeq,
    };
  }

  /** Refuses a message; of a reply that was overtaken it tells what was written meanwhile. */
  private async refuse(user: AuthenticatedUser, act: SendMessageAct, error: unknown): Promise<never> {
    const isOvertaken = error instanceof ApiError && error.code === 'stale_reply';
    if (!isOvertaken || act.basedOnSeq === null) throw error;
    const messages = await this.newestSince(user, act.chatId, act.basedOnSeq);
    throw new ApiError(error.code, error.message, { messages });
  }

  private async newestSince(
    user: AuthenticatedUser,
    chatId: Types.ObjectId,
    after: number,
  ): Promise<MessageDto[]> {
    const chat = await this.access.requireAccess(user, chatId.toHexString());
    const { head } = await this.reader.head(chat._id, 'thread', projectedHead(chat));
    const limit = Math.min(head.seq - after, STALE_REPLY_MESSAGES_MAX);
    const { messages } = await this.reader.messagesBefore(chat._id, 'thread', head.seq + 1, limit);
    return messages.filter(({ seq }) => seq > after).map((entry) => toMessage(entry, chat.readMarks));
  }

  private async toSentMessage(
    user: AuthenticatedUser,
    act: SendMessageAct,
    { entries, isNew }: ActOutcome,
  ): Promise<SentMessage> {
    const entry = entries.find(({ clientMessageId }) => clientMessageId === act.clientMessageId);
    if (!entry) throw new Error('A sent message came back without its entry.');
    // Nobody has read what was stored this moment.
    if (isNew) return { message: toMessage(entry, NO_READ_MARKS), isNew };
    const chat = await this.access.requireAccess(user, act.chatId.toHexString());
    return { message: toMessage(entry, chat.readMarks), isNew };
  }
}

/** @throws ApiError `validation_failed`: whether another admin has answered is no customer's to know */
function requireNoBase({ basedOnSeq }: SendMessageDto): void {
  if (basedOnSeq === undefined || basedOnSeq === null) return;
  throw invalidInput([{ field: 'basedOnSeq', message: 'basedOnSeq must be left out: it is for admins' }]);
}
