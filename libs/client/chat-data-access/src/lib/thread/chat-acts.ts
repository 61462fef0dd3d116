import { computed, type Signal, signal } from '@angular/core';
import { ChatRequestError } from '@elite-chat/session';

/** Something that is done to a chat as a whole; `take`: the reader becomes the one who answers. */
export type ChatAct = 'take' | 'unassign' | 'close' | 'reopen';

/** Acts on one chat as a whole, one at a time, and how the last one went. */
export class ChatActs {
  private readonly last = signal<{ act: ChatAct; error: ChatRequestError | null } | null>(null);

  /** The act that is on its way; null: none is. */
  readonly underWay: Signal<ChatAct | null> = computed(() => {
    const last = this.last();
    return last?.error === null ? last.act : null;
  });

  /** The last act, where it failed, with the reason; null otherwise. */
  readonly failed: Signal<{ act: ChatAct; error: ChatRequestError } | null> = computed(() => {
    const last = this.last();
    return last?.error ? { act: last.act, error: last.error } : null;
  });

  /** Does one, unless another is on its way. A failure stands in `failed`. */
  async run(act: ChatAct, request: () => Promise<void>): Promise<void> {
    if (this.underWay() !== null) return;
    const running = { act, error: null };
    this.last.set(running);
    let outcome: { act: ChatAct; error: ChatRequestError } | null = null;
    try {
      await request();
    } catch (fault) {
      outcome = { act, error: ChatRequestError.from(fault) };
    }
    // Of a chat that was left meanwhile nothing is told.
    if (this.last() === running) this.last.set(outcome);
  }

  /** Forgets how the last one went. */
  forget(): void {
    this.last.set(null);
  }
}
