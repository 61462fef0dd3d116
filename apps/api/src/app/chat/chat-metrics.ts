import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Subscription } from 'rxjs';

import { Metrics } from '../metrics/metrics';
import { LaneQueues } from './log/lane-queues';
import { MessageLog } from './log/message-log';
import { ConnectedPeople } from './presence/connected-people';
import { ChatProjection } from './projection/chat-projection';
import { SlowReaders } from './realtime/slow-readers';

/** Tells the metrics what happens in the chat; nothing in the chat knows of them. */
@Injectable()
export class ChatMetrics implements OnModuleInit, OnModuleDestroy {
  private readonly following = new Subscription();

  constructor(
    private readonly metrics: Metrics,
    private readonly log: MessageLog,
    private readonly queues: LaneQueues,
    private readonly projection: ChatProjection,
    private readonly people: ConnectedPeople,
    private readonly slowReaders: SlowReaders,
  ) {}

  onModuleInit(): void {
    const { metrics } = this;
    this.following.add(
      this.log.commits.subscribe(({ entries, isRepeated }) => {
        // Counted already by whoever wrote them, or never: twice would be worse.
        if (isRepeated) return;
        for (const { senderRole } of entries) metrics.entries.inc({ role: senderRole });
      }),
    );
    this.following.add(
      this.log.writes.subscribe(({ stored, outcome, milliseconds }) => {
        if (stored > 0) metrics.batchSize.observe(stored);
        metrics.commitSeconds.observe({ outcome }, milliseconds / 1_000);
      }),
    );
    this.following.add(this.slowReaders.cuts.subscribe(() => metrics.slowReaders.inc()));
    metrics.gauge('connections', 'Socket connections of people who are signed in.', () =>
      this.people.countConnections(),
    );
    metrics.gauge('connections_not_signed_in', 'Connections on which nobody is signed in.', () =>
      Math.max(0, this.slowReaders.countConnections() - this.people.countConnections()),
    );
    metrics.gauge(
      'queued_acts',
      'Acts that wait to be written, or for their write.',
      () => this.queues.length,
    );
    metrics.gauge('projection_chats_behind', 'Chats whose document is behind their log.', () =>
      this.projection.countBehind(),
    );
    metrics.gauge(
      'projection_lag_seconds',
      'How long the chat that waits longest for its document has waited.',
      () => this.projection.lagMs() / 1_000,
    );
  }

  onModuleDestroy(): void {
    this.following.unsubscribe();
  }
}
