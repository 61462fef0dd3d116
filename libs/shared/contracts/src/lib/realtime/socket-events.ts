import type { AuditEntryDto } from '../audit/audit.dto';
import type { ChatDto } from '../chats/chat.dto';
import type { AssignChatPayloadDto, ChatReferenceDto, MarkReadPayloadDto } from '../chats/chat-input.dto';
import type { ReadReceiptDto } from '../chats/read-receipt.dto';
import type { TypingDto, UserTypingDto } from '../chats/typing.dto';
import type { MessageChangeDto, MessageDto, MessagePageDto } from '../messages/message.dto';
import type { MessagePagePayloadDto, SendMessagePayloadDto } from '../messages/message-input.dto';
import type { OverviewFiguresDto, OwnOverviewFiguresDto } from '../overview/overview.dto';
import type { CustomersPresenceDto, SetIdleDto, SupportPresenceDto } from '../presence/presence.dto';
import type { TeamMemberDto, TeamPresenceDto } from '../team/team.dto';
import type { AckCallback } from './ack';

/** Answer of `join_chat`. */
export interface JoinedChat {
  /** The chat as it is now, `lastSeq` read from the log */
  chat: ChatDto;
}

/** Answer of events that have nothing to say. */
export type EmptyAnswer = Record<string, never>;

/** Payload of `new_chat_message`. */
export interface NewChatMessage {
  /** The chat with this message counted */
  chat: ChatDto;
  /** The message */
  message: MessageDto;
}

/** What a client says; the one catalogue of events to the server. */
export interface ClientToServerEvents {
  /** Enter the room of a chat, to receive `new_message`, `user_typing` and `messages_read`. */
  join_chat: (payload: ChatReferenceDto, ack?: AckCallback<JoinedChat>) => void;
  /** Leave the room; also fine when it wasn't joined. */
  leave_chat: (payload: ChatReferenceDto, ack?: AckCallback<EmptyAnswer>) => void;
  /** Send a message; acknowledged only after it is durable. Needs access, not a join. */
  send_message: (payload: SendMessagePayloadDto, ack?: AckCallback<MessageDto>) => void;
  /** The sender begins or ends writing; never stored. */
  typing: (payload: TypingDto, ack?: AckCallback<EmptyAnswer>) => void;
  /** The caller's side has read up to a number. */
  mark_read: (payload: MarkReadPayloadDto, ack?: AckCallback<ReadReceiptDto>) => void;
  /** A page of the thread, or the entries after a number. */
  get_messages: (payload: MessagePagePayloadDto, ack?: AckCallback<MessagePageDto>) => void;
  /** Admins only: assign the chat to an admin. */
  assign_chat: (payload: AssignChatPayloadDto, ack?: AckCallback<ChatDto>) => void;
  /** Admins only: assign the chat to nobody. */
  unassign_chat: (payload: ChatReferenceDto, ack?: AckCallback<ChatDto>) => void;
  /** The chat is over: it leaves the lists of open ones until somebody reopens it. */
  close_chat: (payload: ChatReferenceDto, ack?: AckCallback<ChatDto>) => void;
  /** Open a closed chat again; refused while its customer has another active one. */
  reopen_chat: (payload: ChatReferenceDto, ack?: AckCallback<ChatDto>) => void;
  /** The caller is, or is no longer, at the screen of this connection; never stored. */
  set_idle: (payload: SetIdleDto, ack?: AckCallback<EmptyAnswer>) => void;
}

/** What the server says; the one catalogue of events to clients. */
export interface ServerToClientEvents {
  /** Room `chat:<id>`, the sender's own sockets included: a message was stored. */
  new_message: (message: MessageDto) => void;
  /** Room `chat:<id>`: an earlier message was changed. */
  message_changed: (change: MessageChangeDto) => void;
  /** Room `chat:<id>` but not the writer: somebody begins or ends writing. */
  user_typing: (typing: UserTypingDto) => void;
  /** Every connected admin: a message of a person was stored, with its chat. */
  new_chat_message: (payload: NewChatMessage) => void;
  /** Room `chat:<id>` and every connected admin: a read mark moved. */
  messages_read: (receipt: ReadReceiptDto) => void;
  /** The customer's sockets and every connected admin: status or assignee changed. */
  chat_updated: (chat: ChatDto) => void;
  /**
   * Every connected admin: a figure of the overview has changed; at most once a second. What was written
   * today is not among them, because it depends on the reader's day: clients count `new_chat_message`
   * themselves, and ask anew after the connection was lost.
   */
  overview_updated: (figures: OverviewFiguresDto) => void;
  /** The sockets of one admin: a figure that is theirs alone has changed; at most once a second. */
  own_overview_updated: (figures: OwnOverviewFiguresDto) => void;
  /** Every customer: whether somebody answers; on a change, and to each socket right after it connected. */
  support_presence: (presence: SupportPresenceDto) => void;
  /** Every connected admin: customers whose presence changed; at most once a second. */
  customer_presence: (presence: CustomersPresenceDto) => void;
  /** Every connected admin: an admin was made, disabled or enabled, or is another by the host application's word. */
  team_updated: (member: TeamMemberDto) => void;
  /** Every connected admin: admins whose presence changed; at most once a second. */
  team_presence: (presence: TeamPresenceDto) => void;
  /** Every connected admin: an act was recorded in the audit log. */
  audit_recorded: (entry: AuditEntryDto) => void;
}

/** Name of an event that a client can say. */
export type ClientEventName = keyof ClientToServerEvents;

/** Name of an event that the server can say. */
export type ServerEventName = keyof ServerToClientEvents;

/** The payload that an event carries to the server. */
export type ClientEventPayload<E extends ClientEventName> = Parameters<ClientToServerEvents[E]>[0];

/** The data that an event is acknowledged with. */
export type ClientEventAnswer<E extends ClientEventName> =
  NonNullable<Parameters<ClientToServerEvents[E]>[1]> extends AckCallback<infer Answer> ? Answer : never;

/** The payload that an event carries to a client. */
export type ServerEventPayload<E extends ServerEventName> = Parameters<ServerToClientEvents[E]>[0];
