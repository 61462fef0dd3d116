import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Subject } from 'rxjs';
import { type Server, type Socket } from 'socket.io';

import { Environment } from '../../config/environment';

/** How often connections are looked at, in milliseconds. */
const INTERVAL_MS = 1_000;

/** A connection may take nothing of what waits for it for so long, in milliseconds. */
const STANDSTILL_MS = 10_000;

/** A packet takes so much memory beside its text, in bytes. */
const PACKET_OVERHEAD_BYTES = 200;

/** One connection of Engine.IO, whether somebody has signed in on it or not. */
type Connection = Socket['conn'];

/**
 * Cuts off those who do not read what is sent to them: it would wait in our memory. They connect again, and catch
 * up from the log by number. What waits is looked at now and then, so that sending costs nothing more.
 */
@Injectable()
export class SlowReaders implements OnModuleDestroy {
  private readonly logger = new Logger(SlowReaders.name);
  /** Each connection, with what waits for it first and since when; null: nothing. */
  private readonly connections = new Map<Connection, { first: unknown; since: number } | null>();
  private readonly unsentBytesMax: number;
  private timer: NodeJS.Timeout | undefined;

  /** Emits for each that was cut off. */
  readonly cuts = new Subject<void>();

  constructor({ limits }: Environment) {
    this.unsentBytesMax = limits.unsentBytesPerConnection;
  }

  /** Watches all connections of a server from now on. */
  watch({ engine }: Pick<Server, 'engine'>): void {
    engine.on('connection', (connection: Connection) => {
      this.connections.set(connection, null);
      connection.once('close', () => this.connections.delete(connection));
    });
    this.timer = setInterval(() => {
      for (const connection of this.connections.keys()) this.check(connection);
    }, INTERVAL_MS);
    this.timer.unref();
  }

  /** All connections, whether somebody has signed in on them or not. */
  countConnections(): number {
    return this.connections.size;
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.cuts.complete();
  }

  private check(connection: Connection): void {
    const unsent = unsentPackets(connection);
    const first = unsent[0];
    if (first === undefined) {
      this.connections.set(connection, null);
      return;
    }
    const before = this.connections.get(connection);
    const waiting = before?.first === first ? before : { first, since: performance.now() };
    this.connections.set(connection, waiting);
    const standstill = performance.now() - waiting.since;
    if (standstill < STANDSTILL_MS && bytesOf(unsent, this.unsentBytesMax) <= this.unsentBytesMax) return;
    this.logger.warn({ packets: unsent.length, standstill }, 'A connection that does not read was cut off.');
    cut(connection);
    this.cuts.next();
  }
}

/** What was not handed to the line yet; Engine.IO keeps it to itself. */
function unsentPackets(connection: Connection): readonly unknown[] {
  const buffer: unknown = Reflect.get(connection, 'writeBuffer');
  return Array.isArray(buffer) ? buffer : [];
}

/** How much memory packets take, counted up to a limit. */
function bytesOf(packets: readonly unknown[], limit: number): number {
  let bytes = 0;
  for (const packet of packets) {
    bytes += PACKET_OVERHEAD_BYTES;
    if (typeof packet === 'object' && packet !== null && 'data' in packet) {
      const { data } = packet;
      if (typeof data === 'string' || Buffer.isBuffer(data)) bytes += data.length;
    }
    if (bytes > limit) break;
  }
  return bytes;
}

/** Ends a connection without waiting for the other end, which would have to read. */
function cut(connection: Connection): void {
  const line: unknown = Reflect.get(connection.transport, 'socket');
  connection.close(true);
  if (isTerminable(line)) line.terminate();
}

function isTerminable(line: unknown): line is { terminate(): void } {
  return typeof line === 'object' && line !== null && typeof Reflect.get(line, 'terminate') === 'function';
}
