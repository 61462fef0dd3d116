import { type OverviewFiguresDto } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model } from 'mongoose';

import { PresenceDirectory } from '../presence/presence-directory';
import { Counter, INBOX_COUNTER } from '../schemas/counter.schema';
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
    const counter = await this.counters.findById(INBOX_COUNTER).lean<Counter>();
    return {
      waiting: counter?.waiting ?? 0,
      open: counter?.open ?? 0,
      unread: counter?.unread ?? 0,
      customersOnline: this.presence.countCustomers(),
    };
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
}
