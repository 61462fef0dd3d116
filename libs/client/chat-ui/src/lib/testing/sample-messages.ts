import type { DisplayedMessage } from '../thread/displayed-message';

type Changes = Partial<Omit<DisplayedMessage, 'message'>> &
  Partial<DisplayedMessage['message']> & { seq: number };

/** A row of a thread for a spec: the customer's message `seq`, written `seq` seconds after noon. */
export function displayedMessage({ key, status, error, ...message }: Changes): DisplayedMessage {
  const { seq } = message;
  return {
    key: key ?? `key-${seq}`,
    status: status ?? 'sent',
    error,
    message: {
      sender: 'customer',
      senderName: 'Cora Lane',
      senderRole: 'user',
      message: `Message ${seq}`,
      clientMessageId: `id-${seq}`,
      createdAt: new Date(2026, 6, 15, 12, 0, seq).toISOString(),
      ...message,
    },
  };
}

/** What an admin has written, otherwise as {@link displayedMessage}. */
export function displayedReply(changes: Changes): DisplayedMessage {
  return displayedMessage({ sender: 'admin', senderName: 'Ada Moss', senderRole: 'admin', ...changes });
}
