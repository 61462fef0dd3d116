import { inject, Injectable } from '@angular/core';
import type { JoinedChat } from '@elite-chat/contracts';

import { ChatSocket } from './chat-socket';

/** One part of the page that needs the events of a chat. */
export interface RoomHold {
  /** Enters the room on the present connection; to be called again after each reconnection. */
  join(): Promise<JoinedChat>;
  /** Needs the events no more; the last holder leaves the room. */
  release(): void;
}

/** The rooms of chats. Several parts of a page may need one room: it is left when the last one is done. */
@Injectable({ providedIn: 'root' })
export class ChatRooms {
  private readonly socket = inject(ChatSocket);
  private readonly holders = new Map<string, number>();
  /** The last entering of each room: leaving must not overtake it. */
  private readonly joining = new Map<string, Promise<unknown>>();

  /** Takes part in the chat's room until released. */
  hold(chatId: string): RoomHold {
    this.holders.set(chatId, (this.holders.get(chatId) ?? 0) + 1);
    let isHeld = true;
    return {
      join: () => this.join(chatId),
      release: () => {
        if (isHeld) void this.release(chatId);
        isHeld = false;
      },
    };
  }

  private join(chatId: string): Promise<JoinedChat> {
    const joining = this.socket.emitWithAck('join_chat', { chatId });
    this.joining.set(
      chatId,
      joining.catch(() => undefined),
    );
    return joining;
  }

  private async release(chatId: string): Promise<void> {
    const remaining = (this.holders.get(chatId) ?? 1) - 1;
    if (remaining > 0) {
      this.holders.set(chatId, remaining);
      return;
    }
    this.holders.delete(chatId);
    await this.joining.get(chatId);
    // Somebody else may have come meanwhile.
    if (this.holders.has(chatId)) return;
    this.joining.delete(chatId);
    // When this fails the connection is gone, and with it the room.
    this.socket.emitWithAck('leave_chat', { chatId }).catch(() => undefined);
  }
}
