import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Types } from 'mongoose';
import { type Subscription } from 'rxjs';

import { ChatBroadcaster } from './chat.broadcaster';
import { ChatViews } from './chat-views.service';
import { ProjectionRepair } from './projection/projection-repair';

/** Tells of chats that the repair has mended: whoever committed their newest entries died before telling. */
@Injectable()
export class MendedChatsAnnouncer implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(MendedChatsAnnouncer.name);
  private subscription: Subscription | null = null;

  constructor(
    private readonly repair: ProjectionRepair,
    private readonly views: ChatViews,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  onModuleInit(): void {
    this.subscription = this.repair.mended.subscribe((chatIds) => void this.announce(chatIds));
  }

  onModuleDestroy(): void {
    this.subscription?.unsubscribe();
  }

  private async announce(chatIds: readonly Types.ObjectId[]): Promise<void> {
    try {
      const chats = [...(await this.views.documents(chatIds)).values()];
      const people = await this.views.peopleOf(chats);
      for (const chat of chats) {
        this.broadcaster.chatUpdated({
          customer: this.views.forCustomer(chat, people),
          admin: this.views.forAdmins(chat, people),
        });
      }
    } catch (error) {
      // Clients come up to date by the log.
      this.logger.warn({ err: error }, 'Nobody was told of mended chats.');
    }
  }
}
