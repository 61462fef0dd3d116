import { IsOptional } from 'class-validator';

import { IsDateTime } from '../text/is-date-time';

/** The figures that are the same for every admin; the payload of `overview_updated`. */
export class OverviewFiguresDto {
  /**
   * Open chats whose newest message of a person is the customer's; what the inbox lists with `show=waiting`
   * @example 3
   */
  waiting!: number;

  /**
   * Chats in the inbox that are not closed; what it lists with `show=open`
   * @example 12
   */
  open!: number;

  /**
   * Chats with messages that the admins have not read; what the inbox lists with `show=unread`
   * @example 5
   */
  unread!: number;

  /**
   * Open chats that are assigned to nobody; what it lists with `show=unassigned`
   * @example 2
   */
  unassigned!: number;

  /**
   * Customers with at least one connection to the server that answers, each counted once
   * @example 7
   */
  customersOnline!: number;
}

/** The figures that differ from admin to admin; the payload of `own_overview_updated`. */
export class OwnOverviewFiguresDto {
  /**
   * Open chats that are assigned to the caller; what the inbox lists with `show=mine`
   * @example 4
   */
  mine!: number;
}

/** The figures of the overview as they are now. */
export class OverviewDto extends OverviewFiguresDto {
  /**
   * Open chats that are assigned to the caller; what the inbox lists with `show=mine`. `own_overview_updated`
   * brings it
   * @example 4
   */
  mine!: number;

  /**
   * Messages of people since `since`. No event brings it, because it depends on the reader's day: add one
   * for each `new_chat_message`, and ask anew after the connection was lost
   * @example 84
   */
  messagesToday!: number;
}

/** Query of the overview. */
export class OverviewQueryDto {
  /**
   * The start of the reader's day (ISO 8601 with a zone), rounded down to a quarter of an hour; at most 26
   * hours ago. Default: the start of the day in UTC
   * @example 2026-05-04T00:00:00+02:00
   */
  @IsOptional()
  @IsDateTime()
  since?: string;
}
