import { validateSync } from 'class-validator';

import { ChangePasswordDto, LoginDto, RegisterDto } from './accounts/account.dto';
import { AuditPageQueryDto } from './audit/audit.dto';
import {
  AssignChatDto,
  AssignChatPayloadDto,
  ChatListQueryDto,
  ChatReferenceDto,
  InboxQueryDto,
  MarkReadDto,
  MarkReadPayloadDto,
} from './chats/chat-input.dto';
import { OverviewQueryDto } from './overview/overview.dto';
import { PresenceQueryDto, SetIdleDto } from './presence/presence.dto';
import { TypingDto } from './chats/typing.dto';
import {
  CURSOR_LENGTH_MAX,
  EMAIL_LENGTH_MAX,
  MESSAGE_BYTES_MAX,
  MESSAGE_CHARACTERS_MAX,
  NAME_LENGTH_MAX,
  PAGE_LIMIT_DEFAULT,
  PAGE_LIMIT_MAX,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  PRESENCE_IDS_MAX,
  SEQ_MAX,
} from './limits';
import {
  MessagePagePayloadDto,
  MessagePageQueryDto,
  SendMessageDto,
  SendMessagePayloadDto,
} from './messages/message-input.dto';
import { AdminReferenceDto, NewAdminDto, ResetPasswordDto, TeamQueryDto } from './team/team-input.dto';

type InputType = new () => object;
type Input = Record<string, unknown>;

const CHAT_ID = '665f1f77bcf86cd799439013';
const UUID = '3f0d9a2e-6a55-4c1b-9f1e-0b8f4f0b7d11';
const FAMILY = '👨‍👩‍👧‍👦';

/** The fields that a DTO's rules refuse, with what they say. */
function faults(type: InputType, input: Input): Record<string, string[]> {
  const errors = validateSync(Object.assign(new type(), input), {
    whitelist: true,
    forbidNonWhitelisted: true,
  });
  return Object.fromEntries(
    errors.map(({ property, constraints }) => [property, Object.values(constraints ?? {})]),
  );
}

/** An email address of exactly so many characters, about {@link EMAIL_LENGTH_MAX}. */
function emailOf(length: number): string {
  const known = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}..com`;
  return known.replace('..', `.${'d'.repeat(length - known.length)}.`);
}

/** What no field that wants a string takes. */
const NOT_STRINGS: readonly [string, unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 7],
  ['a boolean', true],
  ['an array', ['text']],
  ['an object', { text: 'text' }],
  ['a query operator', { $gt: '' }],
];

/** What no field that wants a whole number takes. */
const NOT_INTEGERS: readonly [string, unknown][] = [
  ['1.5', 1.5],
  ['a digit string', '7'],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['1e15', 1e15],
  ['-1', -1],
  ['true', true],
  ['an array', [7]],
  ['a query operator', { $gt: 0 }],
];

/** What no field that wants an id takes. */
const NOT_IDS: readonly [string, unknown][] = [
  ...NOT_STRINGS,
  ['an empty string', ''],
  ['23 digits', CHAT_ID.slice(1)],
  ['25 digits', `${CHAT_ID}0`],
  ['12 characters', 'twelve chars'],
  ['a letter past f', `g${CHAT_ID.slice(1)}`],
  ['a hexadecimal literal', `0x${CHAT_ID.slice(2)}`],
  ['a hexadecimal literal in assembler notation', `0h${CHAT_ID.slice(2)}`],
  ['a trailing line feed', `${CHAT_ID}\n`],
  ['a path', '../../../../etc/passwd00'],
  ['full-width digits', '６'.repeat(24)],
];

interface Table {
  type: InputType;
  /** A valid input, from which each case departs in one field. */
  valid: Input;
  good: readonly [string, Input][];
  /** Each names the one field that is refused. */
  bad: readonly [string, string, Input][];
}

const refused = (field: string, values: readonly [string, unknown][]): [string, string, Input][] =>
  values.map(([name, value]) => [`${field}: ${name}`, field, { [field]: value }]);

const optional = (values: readonly [string, unknown][]) =>
  values.filter(([, value]) => value !== undefined && value !== null);

const message: Pick<Table, 'good' | 'bad'> = {
  good: [
    ['one character', { message: 'a' }],
    ['most letters', { message: 'a'.repeat(MESSAGE_CHARACTERS_MAX) }],
    ['most letters of two code units', { message: '😀'.repeat(MESSAGE_CHARACTERS_MAX) }],
    ['families, each one character', { message: FAMILY.repeat(800) }],
    ['a decomposed letter at the edge', { message: 'e\u0301'.repeat(MESSAGE_CHARACTERS_MAX) }],
    ['spaces around a letter', { message: '  a  ' }],
    ['line breaks and tabs', { message: 'a\r\n\tb' }],
    ['markup, which is text', { message: '<script>alert(1)</script>' }],
    ['a query operator as text', { message: '{"$gt":""}' }],
    ['an unpaired surrogate beside a letter', { message: 'a\uD83D' }],
    ['right-to-left text', { message: 'שלום عليكم' }],
  ],
  bad: [
    ...refused('message', NOT_STRINGS),
    ['an empty text', 'message', { message: '' }],
    ['only spaces', 'message', { message: ' \t\r\n\u00A0\u3000' }],
    ['only zero-width characters', 'message', { message: '\u200B\u200C\u200D\u2060\uFEFF' }],
    ['only control characters', 'message', { message: '\u0000\u0007\u001B\u0085' }],
    ['only unpaired surrogates', 'message', { message: '\uD83D\uD83D' }],
    ['only fillers that look like nothing', 'message', { message: '\u3164\u115F\u2800\u00AD' }],
    ['a letter too many', 'message', { message: 'a'.repeat(MESSAGE_CHARACTERS_MAX + 1) }],
    ['a two-unit letter too many', 'message', { message: '😀'.repeat(MESSAGE_CHARACTERS_MAX + 1) }],
    ['a byte too many', 'message', { message: `a${'😀'.repeat(MESSAGE_BYTES_MAX / 4)}` }],
    ['families beyond the bytes', 'message', { message: FAMILY.repeat(801) }],
    ['one letter with 10,000 combining marks', 'message', { message: `a${'\u0301'.repeat(10_000)}` }],
    ['10,000 marks that compose with nothing', 'message', { message: `x${'\u0301'.repeat(10_000)}` }],
    ['100,000 characters', 'message', { message: 'a'.repeat(100_000) }],
  ],
};

const chatId: readonly [string, string, Input][] = refused('chatId', NOT_IDS);

const name: Pick<Table, 'good' | 'bad'> = {
  good: [
    ['one character', { name: 'A' }],
    ['most characters', { name: 'a'.repeat(NAME_LENGTH_MAX) }],
    ['most characters as people see them', { name: 'e\u0301'.repeat(NAME_LENGTH_MAX) }],
    ['spaces around', { name: '  Cora   Lane ' }],
    ['another script', { name: '山田 太郎' }],
    ['an apostrophe', { name: "Miles O'Brien" }],
  ],
  bad: [
    ...refused('name', NOT_STRINGS),
    ['an empty name', 'name', { name: '' }],
    ['a name of spaces', 'name', { name: '   ' }],
    ['a name of zero-width characters', 'name', { name: '\u200B\u200D' }],
    ['a character too many', 'name', { name: 'a'.repeat(NAME_LENGTH_MAX + 1) }],
    ['a name of 100,000 characters', 'name', { name: 'a'.repeat(100_000) }],
    ['one letter with 10,000 combining marks', 'name', { name: `a${'\u0301'.repeat(10_000)}` }],
  ],
};

const email: Pick<Table, 'good' | 'bad'> = {
  good: [
    ['upper case', { email: 'Cora@Example.COM' }],
    ['spaces around', { email: '  cora@example.com\n' }],
    ['a tag', { email: 'cora+chat@example.com' }],
    ['a longest address', { email: emailOf(EMAIL_LENGTH_MAX) }],
  ],
  bad: [
    ...refused('email', NOT_STRINGS),
    ['no at sign', 'email', { email: 'cora.example.com' }],
    ['two addresses', 'email', { email: 'a@example.com, b@example.com' }],
    ['an empty address', 'email', { email: '' }],
    ['a display name', 'email', { email: 'Cora <cora@example.com>' }],
    ['a line break inside', 'email', { email: 'cora@example.com\nbcc: b@example.com' }],
    ['an address too long', 'email', { email: emailOf(EMAIL_LENGTH_MAX + 1) }],
    ['an address of 100,000 characters', 'email', { email: `${'a'.repeat(100_000)}@example.com` }],
    [
      'an address among too many spaces',
      'email',
      { email: `${' '.repeat(EMAIL_LENGTH_MAX)}cora@example.com` },
    ],
  ],
};

const newPassword = (field: string): Pick<Table, 'good' | 'bad'> => ({
  good: [
    ['the shortest password', { [field]: 'p'.repeat(PASSWORD_LENGTH_MIN) }],
    ['the longest password', { [field]: 'p'.repeat(PASSWORD_LENGTH_MAX) }],
    ['a password of spaces and symbols', { [field]: ' correct "horse" ' }],
  ],
  bad: [
    ...refused(field, NOT_STRINGS),
    ['a password too short', field, { [field]: 'p'.repeat(PASSWORD_LENGTH_MIN - 1) }],
    ['a password too long', field, { [field]: 'p'.repeat(PASSWORD_LENGTH_MAX + 1) }],
  ],
});

const knownPassword = (field: string): Pick<Table, 'good' | 'bad'> => ({
  good: [['a password shorter than new ones may be', { [field]: 'short' }]],
  bad: [
    ...refused(field, NOT_STRINGS),
    ['a password too long', field, { [field]: 'p'.repeat(PASSWORD_LENGTH_MAX + 1) }],
  ],
});

const clientMessageId: Pick<Table, 'good' | 'bad'> = {
  good: [
    ['no id', { clientMessageId: undefined }],
    ['a random UUID', { clientMessageId: UUID }],
    ['an upper-case UUID', { clientMessageId: UUID.toUpperCase() }],
    ['a time-ordered UUID', { clientMessageId: '0196f7a0-1c2b-7def-8123-456789abcdef' }],
  ],
  bad: [
    ...refused('clientMessageId', optional(NOT_STRINGS)),
    ['an empty id', 'clientMessageId', { clientMessageId: '' }],
    ['an id of another form', 'clientMessageId', { clientMessageId: CHAT_ID }],
    ['a UUID in braces', 'clientMessageId', { clientMessageId: `{${UUID}}` }],
    ['a UUID without hyphens', 'clientMessageId', { clientMessageId: UUID.replaceAll('-', '') }],
    ['a UUID as a URN', 'clientMessageId', { clientMessageId: `urn:uuid:${UUID}` }],
    ['a UUID of no version', 'clientMessageId', { clientMessageId: '3f0d9a2e-6a55-0c1b-9f1e-0b8f4f0b7d11' }],
    ['a trailing line feed', 'clientMessageId', { clientMessageId: `${UUID}\n` }],
  ],
};

const messageType: Pick<Table, 'good' | 'bad'> = {
  good: [
    ['no type', { messageType: undefined }],
    ['the text type', { messageType: 'text' }],
  ],
  bad: [
    ['a type that can not be sent', 'messageType', { messageType: 'image' }],
    ['a type of the system', 'messageType', { messageType: 'system' }],
    ['an unknown type', 'messageType', { messageType: 'TEXT' }],
    ['an inherited name', 'messageType', { messageType: 'constructor' }],
    ...refused('messageType', optional(NOT_STRINGS)),
  ],
};

const limit: Pick<Table, 'good' | 'bad'> = {
  good: [
    ['no limit', { limit: undefined }],
    ['the least limit', { limit: 1 }],
    ['the greatest limit', { limit: PAGE_LIMIT_MAX }],
  ],
  bad: [
    ...refused('limit', NOT_INTEGERS),
    ['a limit of nothing', 'limit', { limit: 0 }],
    ['a limit past the edge', 'limit', { limit: PAGE_LIMIT_MAX + 1 }],
  ],
};

const seq = (field: string, least: number): Pick<Table, 'good' | 'bad'> => ({
  good: [
    [`no ${field}`, { [field]: undefined }],
    [`the least ${field}`, { [field]: least }],
    [`the greatest ${field}`, { [field]: SEQ_MAX }],
  ],
  bad: [
    ...refused(field, NOT_INTEGERS),
    [`${field} below the edge`, field, { [field]: least - 1 }],
    [`${field} past the edge`, field, { [field]: SEQ_MAX + 1 }],
  ],
});

const adminId: Pick<Table, 'good' | 'bad'> = {
  good: [
    ['no admin', { adminId: undefined }],
    ['an admin', { adminId: CHAT_ID }],
  ],
  bad: refused('adminId', optional(NOT_IDS)),
};

const cursor: Pick<Table, 'good' | 'bad'> = {
  good: [
    ['no cursor', { cursor: undefined }],
    ['a longest cursor', { cursor: 'c'.repeat(CURSOR_LENGTH_MAX) }],
  ],
  bad: [
    ...refused('cursor', optional(NOT_STRINGS)),
    ['a cursor too long', 'cursor', { cursor: 'c'.repeat(CURSOR_LENGTH_MAX + 1) }],
  ],
};

const together = (...parts: Pick<Table, 'good' | 'bad'>[]): Pick<Table, 'good' | 'bad'> => ({
  good: parts.flatMap((part) => part.good),
  bad: parts.flatMap((part) => part.bad),
});

const send = together(message, messageType, clientMessageId);
const page = together(limit, seq('before', 1), seq('after', 0), {
  good: [],
  bad: [['before and after together', 'after', { before: 9, after: 3 }]],
});

const tables: readonly Table[] = [
  {
    type: LoginDto,
    valid: { email: 'cora@example.com', password: 'customer-demo-1' },
    ...together(email, knownPassword('password')),
  },
  {
    type: RegisterDto,
    valid: { name: 'Cora Lane', email: 'cora@example.com', password: 'correct-horse-battery' },
    ...together(name, email, newPassword('password')),
  },
  {
    type: NewAdminDto,
    valid: { name: 'Ada Moss', email: 'ada@example.com', password: 'correct-horse-battery' },
    ...together(name, email, newPassword('password')),
  },
  { type: ResetPasswordDto, valid: { password: 'correct-horse-battery' }, ...newPassword('password') },
  { type: AdminReferenceDto, valid: { adminId: CHAT_ID }, good: [], bad: refused('adminId', NOT_IDS) },
  {
    type: TeamQueryDto,
    valid: {},
    ...together(limit, {
      good: [['a cursor', { cursor: CHAT_ID }]],
      bad: refused('cursor', optional(NOT_IDS)),
    }),
  },
  { type: AuditPageQueryDto, valid: {}, ...together(limit, seq('before', 1)) },
  {
    type: ChangePasswordDto,
    valid: { current: 'customer-demo-1', next: 'correct-horse-battery' },
    ...together(knownPassword('current'), newPassword('next')),
  },
  { type: ChatReferenceDto, valid: { chatId: CHAT_ID }, good: [], bad: chatId },
  { type: ChatListQueryDto, valid: {}, ...together(limit, cursor) },
  {
    type: InboxQueryDto,
    valid: {},
    ...together(limit, cursor, {
      good: ['all', 'waiting', 'unread', 'open'].map((show) => [show, { show }]),
      bad: refused('show', [
        ...optional(NOT_STRINGS),
        ['another word', 'closed'],
        ['an empty word', ''],
        ['two words', ['open', 'unread']],
        ['an inherited name', 'constructor'],
      ]),
    }),
  },
  {
    type: OverviewQueryDto,
    valid: {},
    good: [
      ['a time in UTC', { since: '2026-05-04T00:00:00Z' }],
      ['a time with milliseconds', { since: '2026-05-04T00:00:00.000Z' }],
      ['a time of another zone', { since: '2026-05-04T00:00:00+05:45' }],
      ['a time without seconds', { since: '2026-05-04T00:00-03:30' }],
    ],
    bad: refused('since', [
      ...optional(NOT_STRINGS),
      ['an empty text', ''],
      ['a date alone', '2026-05-04'],
      ['a time without a zone', '2026-05-04T00:00:00'],
      ['a week', '2026-W19-1T00:00:00Z'],
      ['a month that is none', '2026-13-04T00:00:00Z'],
      ['an hour that is none', '2026-05-04T25:00:00Z'],
      ['an offset that lost its plus', '2026-05-04T00:00:00 02:00'],
      ['something behind the zone', '2026-05-04T00:00:00Z\n'],
      ['a number of digits', '1777852800000'],
    ]),
  },
  { type: AssignChatDto, valid: {}, ...adminId },
  {
    type: AssignChatPayloadDto,
    valid: { chatId: CHAT_ID },
    ...together(adminId, { good: [], bad: chatId }),
  },
  { type: MarkReadDto, valid: {}, ...seq('seq', 0) },
  {
    type: MarkReadPayloadDto,
    valid: { chatId: CHAT_ID },
    ...together(seq('seq', 0), { good: [], bad: chatId }),
  },
  {
    type: SetIdleDto,
    valid: { isIdle: true },
    good: [['back', { isIdle: false }]],
    bad: refused('isIdle', [
      ['a word', 'true'],
      ['a number', 1],
      ['nothing', undefined],
      ['null', null],
    ]),
  },
  {
    type: PresenceQueryDto,
    valid: { userIds: CHAT_ID },
    good: [
      ['two ids', { userIds: `${CHAT_ID},${CHAT_ID}` }],
      ['most ids', { userIds: Array(PRESENCE_IDS_MAX).fill(CHAT_ID).join() }],
      ['capital digits', { userIds: CHAT_ID.toUpperCase() }],
    ],
    bad: [
      ...refused('userIds', NOT_IDS),
      [
        'an id too many',
        'userIds',
        {
          userIds: Array(PRESENCE_IDS_MAX + 1)
            .fill(CHAT_ID)
            .join(),
        },
      ],
      ['a comma at the end', 'userIds', { userIds: `${CHAT_ID},` }],
      ['two commas', 'userIds', { userIds: `${CHAT_ID},,${CHAT_ID}` }],
      ['a space', 'userIds', { userIds: `${CHAT_ID}, ${CHAT_ID}` }],
    ],
  },
  {
    type: TypingDto,
    valid: { chatId: CHAT_ID, isTyping: true },
    good: [['the end of typing', { isTyping: false }]],
    bad: [
      ...chatId,
      ...refused('isTyping', [...NOT_STRINGS, ['a word', 'true']]).filter(
        ([, , { isTyping }]) => isTyping !== true,
      ),
    ],
  },
  { type: SendMessageDto, valid: { message: 'Where are my photos?' }, ...send },
  {
    type: SendMessagePayloadDto,
    valid: { chatId: CHAT_ID, message: 'Where are my photos?' },
    ...together(send, { good: [], bad: chatId }),
  },
  { type: MessagePageQueryDto, valid: {}, ...page },
  {
    type: MessagePagePayloadDto,
    valid: { chatId: CHAT_ID },
    ...together(page, { good: [], bad: chatId }),
  },
];

describe.each(tables.map((table) => [table.type.name, table] as const))('%s', (_name, table) => {
  it('accepts its plainest form', () => {
    expect(faults(table.type, table.valid)).toEqual({});
  });

  it('refuses an unknown field, and names it', () => {
    expect(Object.keys(faults(table.type, { ...table.valid, isAdmin: true }))).toEqual(['isAdmin']);
  });

  if (table.good.length > 0) {
    it.each(table.good)('accepts %s', (_case, departure) => {
      expect(faults(table.type, { ...table.valid, ...departure })).toEqual({});
    });
  }

  it.each(table.bad)('refuses %s, naming %s', (_case, field, departure) => {
    const found = faults(table.type, { ...table.valid, ...departure });
    expect(Object.keys(found)).toEqual([field]);
    expect(found[field]?.every((sentence) => sentence.includes(field))).toBe(true);
  });
});

describe('a refusal', () => {
  it.each([
    [SendMessageDto, { message: 'a'.repeat(MESSAGE_CHARACTERS_MAX + 1) }, 'message', MESSAGE_CHARACTERS_MAX],
    [SendMessageDto, { message: 'a'.repeat(100_000) }, 'message', MESSAGE_BYTES_MAX],
    [MessagePageQueryDto, { limit: PAGE_LIMIT_MAX + 1 }, 'limit', PAGE_LIMIT_MAX],
    [MarkReadDto, { seq: 1e15 }, 'seq', SEQ_MAX],
  ] as const)('of %p names the limit', (type, input, field, edge) => {
    expect(faults(type, input)[field]?.join()).toContain(String(edge));
  });
});

describe('a page without a limit', () => {
  it.each([
    MessagePageQueryDto,
    MessagePagePayloadDto,
    ChatListQueryDto,
    InboxQueryDto,
    TeamQueryDto,
    AuditPageQueryDto,
  ])('%p has the default one', (type) => {
    expect(new type().limit).toBe(PAGE_LIMIT_DEFAULT);
  });
});
