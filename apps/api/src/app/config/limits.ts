/** How much is accepted before the server says `rate_limited` or `busy`; each is a setting. */
export interface Limits {
  /** REST calls per minute of one person, or of one address while signed out. */
  restPerMinute: number;
  /** Sign-ins per minute from one address. */
  loginPerMinute: number;
  /** Registrations per hour from one address. */
  registerPerHour: number;
  /** Socket handshakes per minute from one address; connections before them may be four times as many. */
  handshakesPerMinute: number;
  /** Socket events of one person within ten seconds. */
  socketEventsPerTenSeconds: number;
  /** Messages of one person by socket within ten seconds. */
  messagesPerTenSeconds: number;
  /** Requests per minute of pages and files from one address. */
  pagesPerMinute: number;
  /** Acts that wait to be written to one chat. */
  queuedEntriesPerChat: number;
  /** Acts that wait to be written in all. */
  queuedEntries: number;
  /** Bytes that wait to be read by one connection. */
  unsentBytesPerConnection: number;
}

/** The environment variable of each limit, and what it is without one. */
export const LIMIT_SETTINGS: Readonly<Record<keyof Limits, { variable: string; default: number }>> = {
  restPerMinute: { variable: 'LIMIT_REST_PER_MINUTE', default: 600 },
  loginPerMinute: { variable: 'LIMIT_LOGIN_PER_MINUTE', default: 30 },
  registerPerHour: { variable: 'LIMIT_REGISTER_PER_HOUR', default: 60 },
  handshakesPerMinute: { variable: 'LIMIT_HANDSHAKES_PER_MINUTE', default: 300 },
  socketEventsPerTenSeconds: { variable: 'LIMIT_SOCKET_EVENTS_PER_TEN_SECONDS', default: 200 },
  messagesPerTenSeconds: { variable: 'LIMIT_MESSAGES_PER_TEN_SECONDS', default: 100 },
  pagesPerMinute: { variable: 'LIMIT_PAGES_PER_MINUTE', default: 1_200 },
  queuedEntriesPerChat: { variable: 'LIMIT_QUEUED_ENTRIES_PER_CHAT', default: 1_000 },
  queuedEntries: { variable: 'LIMIT_QUEUED_ENTRIES', default: 20_000 },
  unsentBytesPerConnection: { variable: 'LIMIT_UNSENT_BYTES_PER_CONNECTION', default: 1_048_576 },
};

/** Largest value of a limit. */
export const LIMIT_MAX = 1_000_000_000;
