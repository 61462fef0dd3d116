import { type Chat, type CountedFigures } from '../schemas/chat.schema';

/** A quarter of an hour, in milliseconds: the start of the day of every zone is a multiple of it. */
export const QUARTER_MS = 900_000;

/** The fields of a chat that its figures follow from, and what of them is counted. */
export type CountedChat = Pick<
  Chat,
  '_id' | 'isOpen' | 'hasUnread' | 'isWaiting' | 'openAssignee' | 'written' | 'lastMessageTime' | 'counted'
>;

/** The projection that reads a {@link CountedChat}. */
export const COUNTED_CHAT_FIELDS = {
  isOpen: 1,
  hasUnread: 1,
  isWaiting: 1,
  openAssignee: 1,
  written: 1,
  lastMessageTime: 1,
  counted: 1,
} as const satisfies Partial<Record<keyof Chat, 1>>;

const NOTHING: Required<CountedFigures> = {
  open: false,
  unread: false,
  waiting: false,
  openAssignee: null,
  messages: 0,
};

/** What the counters should hold for a chat. */
export function figuresOf({
  isOpen,
  hasUnread,
  isWaiting,
  openAssignee,
  written,
}: CountedChat): Required<CountedFigures> {
  // A document that was never derived anew has no flags.
  return {
    open: isOpen === true,
    unread: hasUnread === true,
    waiting: isWaiting === true,
    openAssignee: openAssignee ?? null,
    messages: written.user + written.admin,
  };
}

/** What the counters do hold for a chat. */
export function countedOf({ counted }: Pick<Chat, 'counted'>): Required<CountedFigures> {
  return { ...NOTHING, ...counted };
}

/** Whether the counters hold a chat as it is. */
export function isCounted(chat: CountedChat): boolean {
  const [figures, counted] = [figuresOf(chat), countedOf(chat)];
  return (
    figures.open === counted.open &&
    figures.unread === counted.unread &&
    figures.waiting === counted.waiting &&
    figures.openAssignee === counted.openAssignee &&
    figures.messages === counted.messages
  );
}

/** The start of the quarter of an hour that holds a point in time. */
export function quarterOf(time: number): Date {
  return new Date(Math.floor(time / QUARTER_MS) * QUARTER_MS);
}

/** Id of the counter document of a quarter of an hour. */
export function messagesCounterId(quarter: Date): string {
  return `messages:${quarter.toISOString()}`;
}
