import type { MessageDto } from '@elite-chat/contracts';

/** What tabs tell each other of an outbox: a message is stored, or look at what is kept. */
export type OutboxNews = { readonly stored: MessageDto } | 'changed';

/** Tells the other tabs of the same person; without `BroadcastChannel` they find out when they look. */
export class OutboxChannel {
  private readonly channel: BroadcastChannel | null;

  constructor(userId: string, heard: (news: OutboxNews) => void) {
    this.channel =
      typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`elite-chat.outbox.${userId}`);
    // The same page in another tab: no other origin can speak here.
    this.channel?.addEventListener('message', ({ data }: MessageEvent<OutboxNews>) => heard(data));
  }

  tell(news: OutboxNews): void {
    this.channel?.postMessage(news);
  }

  end(): void {
    this.channel?.close();
  }
}
