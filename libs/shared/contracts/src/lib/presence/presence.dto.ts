import { IsBoolean } from 'class-validator';

import { IsIdList } from '../text/is-id-list';

import { PRESENCE_IDS_MAX } from '../limits';

/** Whether a person is there: at the screen, away from it, or without a connection. */
export const PRESENCE_STATES = ['online', 'idle', 'gone'] as const;

/** Whether a person is there. */
export type Presence = (typeof PRESENCE_STATES)[number];

/** Payload of `set_idle`. Never stored. */
export class SetIdleDto {
  /** True when this connection's person is not at the screen */
  @IsBoolean()
  isIdle!: boolean;
}

/** Query of customers' presence. */
export class PresenceQueryDto {
  /**
   * The customers' ids, separated by commas; 1 to 100
   * @example 665f1f77bcf86cd799439011,665f1f77bcf86cd799439012
   */
  @IsIdList(PRESENCE_IDS_MAX)
  userIds!: string;
}

/** Whether one customer is there. */
export class CustomerPresenceDto {
  /** The customer's id */
  userId!: string;

  /** The best of all their connections */
  presence!: Presence;
}

/** Whether some customers are there; payload of `customer_presence`. */
export class CustomersPresenceDto {
  /** Each customer once */
  customers!: CustomerPresenceDto[];
}

/** Whether somebody answers; payload of `support_presence`. */
export class SupportPresenceDto {
  /** True while at least one admin is connected and at the screen */
  isOnline!: boolean;
}
