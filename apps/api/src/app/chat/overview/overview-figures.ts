import { type OverviewFiguresDto, type OwnOverviewFiguresDto } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model } from 'mongoose';

import { PresenceDirectory } from '../presence/presence-directory';
import { UNASSIGNED } from '../schemas/chat.schema';
import { Counter, INBOX_COUNTER, openCounterId } from '../schemas/counter.schema';
import { messagesCounterId, QUARTER_MS, quarterOf } from './chat-figures';

/** Reads the figures of the overview where they are kept, by id; nothing is ever counted for it. */
@Injectable()
export class OverviewFigures {
  constructor(
    @InjectModel(Counter.name) private readonly counters: Model<Counter>,
    private readonly presence: PresenceDirectory,
  ) {}

  /** The figures that are the same for every admin. */
  async now(): Promise<OverviewFiguresDto> {
    const [inbox, unassigned] = await Promise.all([
      this.counters.findById(INBOX_COUNTER).lean<Counter>(),
      this.openOf(UNASSIGNED),
    ]);
    return {
      waiting: inbox?.waiting ?? 0,
      open: inbox?.open ?? 0,
      unread: inbox?.unread ?? 0,
      unassigned,
      customersOnline: this.presence.countCustomers(),
    };
  }

  /** The figures that are one admin's alone. */
  async ownOf(adminId: string): Promise<OwnOverviewFiguresDto> {
    return { mine: await this.openOf(adminId) };
  }

  /** Messages of people from the quarter of an hour that holds a point in time until now. */
  async messagesSince(since: number): Promise<number> {
    const ids: string[] = [];
    // One more than now: another node's clock may be ahead.
    for (let time = quarterOf(since).getTime(); time <= Date.now() + QUARTER_MS; time += QUARTER_MS) {
      ids.push(messagesCounterId(new Date(time)));
    }
    const counters = await this.counters.find({ _id: { $in: ids } }).lean<Counter[]>();
    return counters.reduce((sum, { n }) => sum + (n ?? 0), 0);
  }

  private async openOf(assignee: string): Promise<number> {
    const counter = await this.counters.findById(openCounterId(assignee)).lean<Counter>();
    return counter?.open ?? 0;
  }
}
