import type {
  AuditEntryDto,
  ChatDto,
  ChatListDto,
  MessageDto,
  MessagePageDto,
  ReadReceiptDto,
  SessionDto,
  TeamMemberDto,
  UserDto,
  UserTypingDto,
} from '@elite-chat/contracts';

const CUSTOMER = { id: '665f1f77bcf86cd799439011', name: 'Cora Lane', email: 'cora@example.com' };
const ADMIN = { id: '665f1f77bcf86cd799439012', name: 'Ada Moss', email: 'ada@example.com' };
const CHAT_ID = '665f1f77bcf86cd799439013';
const EPOCH = '0b8f4f0b7d11';
const FIRST_TIME = Date.parse('2026-03-02T09:00:00.000Z');

/** The time at which the entry of that number was stored: a minute after the one before. */
export function timeOfEntry(seq: number): string {
  return new Date(FIRST_TIME + seq * 60_000).toISOString();
}

/** The customer of {@link aChat}. */
export function aUser(overrides: Partial<UserDto> = {}): UserDto {
  return { ...CUSTOMER, role: 'user', ...overrides };
}

/** An admin. */
export function anAdmin(overrides: Partial<UserDto> = {}): UserDto {
  return { ...ADMIN, role: 'admin', ...overrides };
}

/** What signing in gives to {@link aUser}. */
export function aSession(overrides: Partial<SessionDto> = {}): SessionDto {
  return { token: 'header.payload.signature', user: aUser(), ...overrides };
}

/** An unassigned chat without a message. */
export function aChat(overrides: Partial<ChatDto> = {}): ChatDto {
  return {
    id: CHAT_ID,
    user: { ...CUSTOMER },
    admin: null,
    isActive: true,
    lastMessage: null,
    lastMessageTime: null,
    lastSender: null,
    unreadCount: { user: 0, admin: 0 },
    lastSeq: 0,
    readSeq: { user: 0, admin: 0 },
    epoch: EPOCH,
    createdAt: timeOfEntry(0),
    updatedAt: timeOfEntry(0),
    ...overrides,
  };
}

/** A page of a list of chats, the last one. */
export function aChatList(chats: ChatDto[], overrides: Partial<ChatListDto> = {}): ChatListDto {
  return { chats, nextCursor: null, ...overrides };
}

/** A message of the customer, unread; its id, time and clientMessageId follow from its `seq`. */
export function aMessage(overrides: Partial<MessageDto> = {}): MessageDto {
  const seq = overrides.seq ?? 1;
  return {
    id: `665f1f77bcf86cd8${String(seq).padStart(8, '0')}`,
    chat: CHAT_ID,
    seq,
    sender: CUSTOMER.id,
    senderName: CUSTOMER.name,
    senderRole: 'user',
    message: `Message ${seq}`,
    messageType: 'text',
    clientMessageId: `3f0d9a2e-6a55-4c1b-9f1e-${String(seq).padStart(12, '0')}`,
    isRead: false,
    readAt: null,
    createdAt: timeOfEntry(seq),
    updatedAt: timeOfEntry(seq),
    ...overrides,
  };
}

/** A message of {@link anAdmin}. */
export function anAnswer(overrides: Partial<MessageDto> = {}): MessageDto {
  return aMessage({ sender: ADMIN.id, senderName: ADMIN.name, senderRole: 'admin', ...overrides });
}

/** The system's word that {@link anAdmin} now answers. */
export function anAssignment(overrides: Partial<MessageDto> = {}): MessageDto {
  return aMessage({
    sender: null,
    senderName: null,
    senderRole: 'system',
    message: `${ADMIN.name} joined the conversation.`,
    system: { kind: 'assigned', admin: { id: ADMIN.id, name: ADMIN.name } },
    ...overrides,
  });
}

/** The messages of a thread from one number to another, both included. */
export function messagesBetween(first: number, last: number): MessageDto[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    aMessage({ seq: first + index }),
  );
}

/** The newest page of a thread that holds these messages and no others. */
export function aMessagePage(
  messages: MessageDto[],
  overrides: Partial<MessagePageDto> = {},
): MessagePageDto {
  const lastSeq = messages.at(-1)?.seq ?? 0;
  return {
    messages,
    hasMore: false,
    lastSeq,
    seq: lastSeq,
    readSeq: { user: 0, admin: 0 },
    epoch: EPOCH,
    ...overrides,
  };
}

/** An admin's mark at the first message, the only one. */
export function aReadReceipt(overrides: Partial<ReadReceiptDto> = {}): ReadReceiptDto {
  return {
    chatId: CHAT_ID,
    reader: 'admin',
    seq: 1,
    readAt: timeOfEntry(2),
    unreadCount: 0,
    lastSeq: 1,
    ...overrides,
  };
}

/** {@link anAdmin} begins to write. */
export function aTypingSign(overrides: Partial<UserTypingDto> = {}): UserTypingDto {
  return { chatId: CHAT_ID, userId: ADMIN.id, name: ADMIN.name, role: 'admin', isTyping: true, ...overrides };
}

/** {@link anAdmin} as a colleague, at the screen. */
export function aMember(overrides: Partial<TeamMemberDto> = {}): TeamMemberDto {
  return {
    ...ADMIN,
    role: 'admin',
    isHostUser: false,
    isDisabled: false,
    canSignIn: true,
    presence: 'online',
    createdAt: timeOfEntry(0),
    ...overrides,
  };
}

/** {@link anAdmin} has made another admin; the time follows from the number. */
export function anAuditEntry(overrides: Partial<AuditEntryDto> = {}): AuditEntryDto {
  const seq = overrides.seq ?? 1;
  return {
    seq,
    action: 'admin_created',
    actor: { id: ADMIN.id, name: ADMIN.name },
    subject: { id: '665f1f77bcf86cd799439014', name: 'Bo Lind' },
    at: timeOfEntry(seq),
    ...overrides,
  };
}
