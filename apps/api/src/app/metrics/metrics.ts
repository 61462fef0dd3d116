import { type ErrorCode } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Where something was refused: a REST call, an event, a handshake, or a connection before it. */
export type Door = 'rest' | 'socket' | 'handshake' | 'connection';

const PREFIX = 'elite_chat_';
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BATCHES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/**
 * What operators see of a node, in Prometheus' form; the meaning of each is in `docs/metrics.md`. Labels are words of
 * ours, never what somebody has sent.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly registers = [this.registry];

  /** Messages and system entries that were appended. */
  readonly entries = new Counter({
    name: `${PREFIX}entries_total`,
    help: 'Entries appended to the logs of chats, by who wrote them.',
    labelNames: ['role'],
    registers: this.registers,
  });

  /** Entries of one write that stored any. */
  readonly batchSize = new Histogram({
    name: `${PREFIX}commit_batch_entries`,
    help: 'Entries that were stored by one write.',
    buckets: BATCHES,
    registers: this.registers,
  });

  /** How long a write took with its retries: until it was durable, or until it was given up. */
  readonly commitSeconds = new Histogram({
    name: `${PREFIX}commit_seconds`,
    help: 'Time until a write was durable or given up, with its retries, by outcome.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers: this.registers,
  });

  /** REST calls by route and class of answer. */
  readonly requestSeconds = new Histogram({
    name: `${PREFIX}request_seconds`,
    help: 'Time of REST calls, by route and class of answer.',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers: this.registers,
  });

  /** What was refused. */
  readonly rejections = new Counter<'door' | 'code'>({
    name: `${PREFIX}rejections_total`,
    help: 'Calls, socket events, handshakes and connections that were refused, by error code.',
    labelNames: ['door', 'code'],
    registers: this.registers,
  });

  /** Connections that did not read. */
  readonly slowReaders = new Counter({
    name: `${PREFIX}slow_readers_total`,
    help: 'Connections that were cut off because they did not read.',
    registers: this.registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
  }

  /** The type of {@link text}, for its header. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All of it as it is now. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Adds a value that is looked up whenever somebody gathers. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      registers: this.registers,
      collect() {
        this.set(read());
      },
    });
  }

  /** Notes that something was refused. */
  refused(door: Door, code: ErrorCode): void {
    this.rejections.inc({ door, code });
  }
}
