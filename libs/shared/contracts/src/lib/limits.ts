/**
 * Every limit of the product that both sides must know, in one place. DTOs, Mongoose schemas, the
 * composer's counter, Swagger and the tests all take their numbers from here.
 */

/** Longest name of a person, in characters as people see them. */
export const NAME_LENGTH_MAX = 100;

/** Longest email address, in characters (RFC 5321, section 4.5.3.1.3). */
export const EMAIL_LENGTH_MAX = 254;

/** Shortest password, in characters. */
export const PASSWORD_LENGTH_MIN = 10;

/** Longest password, in characters: bounds the work of hashing. */
export const PASSWORD_LENGTH_MAX = 128;

/** Longest message, in characters as people see them (grapheme clusters). */
export const MESSAGE_CHARACTERS_MAX = 5_000;

/** Longest message, in bytes of UTF-8: stops one letter from carrying thousands of combining marks. */
export const MESSAGE_BYTES_MAX = 20_000;

/** Longest beginning of a message that a Chat carries as `lastMessage`, in characters as people see them. */
export const LAST_MESSAGE_CHARACTERS_MAX = 280;

/** Rows of a page when the caller asks for no number. */
export const PAGE_LIMIT_DEFAULT = 50;

/** Most rows of a page; more is refused. */
export const PAGE_LIMIT_MAX = 100;

/** Longest time back that the overview counts messages, in hours: the longest day of any zone, and an hour. */
export const OVERVIEW_HOURS_MAX = 26;

/** Somebody without a connection is gone after this long: loading a page again is no leaving; milliseconds. */
export const PRESENCE_GRACE_MS = 5_000;

/** Most customers whose presence is asked for at once. */
export const PRESENCE_IDS_MAX = 100;

/** Most messages that a `stale_reply` carries. */
export const STALE_REPLY_MESSAGES_MAX = 20;

/** Most chats that one connection has joined at once. */
export const JOINED_CHATS_MAX = 100;

/** Highest sequence number that is accepted as input. */
export const SEQ_MAX = 2_147_483_647;

/** Longest cursor of a list, in characters. */
export const CURSOR_LENGTH_MAX = 200;

/** Largest Socket.IO payload and largest REST body, in bytes. */
export const PAYLOAD_BYTES_MAX = 65_536;

/** A client says `typing` at most this often while somebody writes, in milliseconds. */
export const TYPING_REPEAT_MS = 3_000;

/** A client says that typing has ended after this much silence, in milliseconds. */
export const TYPING_SILENCE_MS = 2_000;

/** A receiver takes a typing sign away after this long without another one, in milliseconds. */
export const TYPING_EXPIRY_MS = 5_000;

/** How long a client waits for an acknowledgement before it counts as unknown, in milliseconds. */
export const ACK_TIMEOUT_MS = 10_000;
