import { DestroyRef, inject, Injectable, type Signal, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { TYPING_EXPIRY_MS } from '@elite-chat/contracts';
import { endWithUser } from '@elite-chat/session';

import { ChatRooms, type RoomHold } from '../realtime/chat-rooms';
import { ChatSocket } from '../realtime/chat-socket';

/** Rooms are entered when the rows have been in view for so long, in milliseconds: not those that fly by. */
const SETTLED_MS = 400;

/** Rooms entered at once at most: more rows than a screen shows. */
const ROOMS_MAX = 40;

/** In which chats of the inbox the customer is writing: those whose rows are in view. */
@Injectable({ providedIn: 'root' })
export class InboxTyping {
  private readonly socket = inject(ChatSocket);
  private readonly rooms = inject(ChatRooms);
  private readonly writing = signal<ReadonlySet<string>>(new Set());
  private readonly held = new Map<string, RoomHold>();
  private readonly ends = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly claim = endWithUser(() => this.stop());
  private settling: ReturnType<typeof setTimeout> | undefined;

  /** The ids of those chats. */
  readonly chats: Signal<ReadonlySet<string>> = this.writing.asReadonly();

  constructor() {
    const { connected$, userTyping$, newMessage$ } = this.socket;
    connected$.pipe(takeUntilDestroyed()).subscribe(() => this.held.forEach((hold) => join(hold)));
    userTyping$.pipe(takeUntilDestroyed()).subscribe(({ chatId, role, isTyping }) => {
      if (role === 'user') this.note(chatId, isTyping);
    });
    newMessage$.pipe(takeUntilDestroyed()).subscribe(({ chat, senderRole }) => {
      if (senderRole === 'user') this.note(chat, false);
    });
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** The rows in view are those of these chats. */
  watch(chatIds: readonly string[]): void {
    this.claim();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.hold(new Set(chatIds.slice(0, ROOMS_MAX))), SETTLED_MS);
  }

  /** No row is in view any more. */
  stop(): void {
    clearTimeout(this.settling);
    this.hold(new Set());
    for (const timer of this.ends.values()) clearTimeout(timer);
    this.ends.clear();
    this.writing.set(new Set());
  }

  private hold(chatIds: ReadonlySet<string>): void {
    for (const [chatId, hold] of this.held) {
      if (chatIds.has(chatId)) continue;
      hold.release();
      this.held.delete(chatId);
      this.note(chatId, false);
    }
    for (const chatId of chatIds) {
      if (this.held.has(chatId)) continue;
      const hold = this.rooms.hold(chatId);
      this.held.set(chatId, hold);
      join(hold);
    }
  }

  private note(chatId: string, isTyping: boolean): void {
    clearTimeout(this.ends.get(chatId));
    this.ends.delete(chatId);
    if (isTyping) {
      // The word that it has ended may be lost.
      this.ends.set(
        chatId,
        setTimeout(() => this.note(chatId, false), TYPING_EXPIRY_MS),
      );
    }
    if (this.writing().has(chatId) === isTyping) return;
    const writing = new Set(this.writing());
    if (isTyping) writing.add(chatId);
    else writing.delete(chatId);
    this.writing.set(writing);
  }
}

/** Without a connection the next one joins; and who is typing is not worth more tries. */
function join(hold: RoomHold): void {
  hold.join().catch(() => undefined);
}
