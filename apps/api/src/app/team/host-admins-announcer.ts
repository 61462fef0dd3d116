import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Subscription } from 'rxjs';

import { ChatBroadcaster } from '../chat/chat.broadcaster';
import { HostUsersService } from '../users/host-users.service';
import { TeamMembers } from './team-members';

/** Tells admins of colleagues who come from the host application, or are others by its word. */
@Injectable()
export class HostAdminsAnnouncer implements OnModuleInit, OnModuleDestroy {
  private subscription: Subscription | null = null;

  constructor(
    private readonly hostUsers: HostUsersService,
    private readonly members: TeamMembers,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  onModuleInit(): void {
    this.subscription = this.hostUsers.adminChanges.subscribe((user) =>
      this.broadcaster.teamUpdated(this.members.toMember(user)),
    );
  }

  onModuleDestroy(): void {
    this.subscription?.unsubscribe();
  }
}
