import { OVERVIEW_HOURS_MAX, type OverviewDto, type OverviewQueryDto } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';

import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { invalidInput } from '../../validation/validate-input';
import { ChatAccess } from '../chat-access.service';
import { ChatCounting } from './chat-counting';
import { OverviewFigures } from './overview-figures';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What an admin sees at a glance. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly access: ChatAccess,
    private readonly counting: ChatCounting,
    private readonly figures: OverviewFigures,
  ) {}

  /**
   * The figures as they are now, with all that this node has committed.
   * @throws ApiError `forbidden`, `validation_failed` when `since` is longer ago than a day can be
   */
  async overview(user: AuthenticatedUser, { since }: OverviewQueryDto): Promise<OverviewDto> {
    this.access.requireAdmin(user);
    const start = since === undefined ? startOfUtcDay() : Date.parse(since);
    if (start < Date.now() - OVERVIEW_HOURS_MAX * HOUR_MS) {
      const message = `since must be at most ${OVERVIEW_HOURS_MAX} hours ago`;
      throw invalidInput([{ field: 'since', message }]);
    }
    await this.counting.flush();
    const [figures, own, messagesToday] = await Promise.all([
      this.figures.now(),
      this.figures.ownOf(user.id),
      this.figures.messagesSince(start),
    ]);
    return { ...figures, ...own, messagesToday };
  }
}

function startOfUtcDay(): number {
  return Math.floor(Date.now() / DAY_MS) * DAY_MS;
}
