import {
  type CustomersPresenceDto,
  type PresenceQueryDto,
  type SetIdleDto,
  type SupportPresenceDto,
} from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';

import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { ChatAccess } from '../chat-access.service';
import { ConnectedPeople } from './connected-people';
import { PresenceDirectory } from './presence-directory';

/** Who is there, as each side may know it; never stored. */
@Injectable()
export class PresenceService {
  constructor(
    private readonly access: ChatAccess,
    private readonly people: ConnectedPeople,
    private readonly directory: PresenceDirectory,
  ) {}

  /** The caller leaves the screen of one connection, or is back at it. */
  setIdle(user: AuthenticatedUser, connectionId: string, { isIdle }: SetIdleDto): void {
    this.people.setIdle(user.id, connectionId, isIdle);
  }

  /**
   * Whether these customers are there; of whom nothing is known, they are not.
   * @throws ApiError `forbidden`
   */
  customers(user: AuthenticatedUser, { userIds }: PresenceQueryDto): CustomersPresenceDto {
    this.access.requireAdmin(user);
    const ids = new Set(userIds.toLowerCase().split(','));
    return {
      customers: [...ids].map((userId) => ({ userId, presence: this.directory.presenceOf(userId) })),
    };
  }

  /**
   * Whether somebody answers.
   * @throws ApiError `forbidden`
   */
  support(user: AuthenticatedUser): SupportPresenceDto {
    this.access.requireCustomer(user);
    return { isOnline: this.directory.isSupportOnline() };
  }
}
