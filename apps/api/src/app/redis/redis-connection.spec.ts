import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { type RedisServer, startRedisServer } from '@elite-chat/redis-server';

import { Environment } from '../config/environment';
import { RedisConnection } from './redis-connection';

/** Lines to Redis that break as a subscription is asked for, before its answer. */
class BreakingLines {
  private readonly lines = new Set<Socket>();
  private breaks = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(redisPort: number): Promise<BreakingLines> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('There is no port.');
    const lines = new BreakingLines(server, `redis://127.0.0.1:${address.port}`);
    server.on('connection', (line) => lines.accept(line, redisPort));
    return lines;
  }

  /** Whether no break is to come any more. */
  get isWhole(): boolean {
    return this.breaks === 0;
  }

  /** Breaks all lines, and again as often as a subscription is asked for anew. */
  breakAll(timesWhileSubscribing: number): void {
    this.breaks = timesWhileSubscribing;
    for (const line of this.lines) line.destroy();
  }

  /** Lets the next so many lines break while they subscribe. */
  breakSubscribing(times: number): void {
    this.breaks = times;
  }

  stop(): void {
    this.server.close();
    for (const line of this.lines) line.destroy();
  }

  private accept(line: Socket, redisPort: number): void {
    const toRedis = connect(redisPort, '127.0.0.1');
    this.lines.add(line);
    line.once('close', () => this.lines.delete(line));
    for (const [one, other] of [
      [line, toRedis],
      [toRedis, line],
    ] as const) {
      one.on('error', () => undefined);
      one.once('close', () => other.destroy());
    }
    toRedis.pipe(line);
    line.on('data', (chunk: Buffer) => {
      if (this.breaks > 0 && /subscribe/i.test(chunk.toString())) {
        this.breaks--;
        line.destroy();
      } else {
        toRedis.write(chunk);
      }
    });
  }
}

describe('the lines to Redis', () => {
  let redis: RedisServer;
  let lines: BreakingLines;
  let connection: RedisConnection;

  beforeAll(async () => {
    redis = await startRedisServer();
  });

  beforeEach(async () => {
    lines = await BreakingLines.start(redis.port);
  });

  afterEach(() => {
    connection.onApplicationShutdown();
    lines.stop();
  });

  afterAll(() => redis.stop());

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await pause(20);
  }

  /** Listens to a channel and a pattern, and notes what is heard. */
  function listen(): string[] {
    connection = new RedisConnection(
      Environment.read({ JWT_SECRET: 'a-secret-for-specs-of-32-bytes-or-more', REDIS_URL: lines.url }),
    );
    const { subscriptions } = connection;
    if (!subscriptions) throw new Error('There is no Redis.');
    const heard: string[] = [];
    subscriptions.on('message', (channel: string, text: string) => heard.push(`${channel} ${text}`));
    subscriptions.on('pmessage', (_pattern: string, channel: string, text: string) =>
      heard.push(`${channel} ${text}`),
    );
    subscriptions.subscribe('channel');
    subscriptions.psubscribe('pattern:*');
    return heard;
  }

  async function tell(text: string): Promise<void> {
    await connection.commands?.publish('channel', text);
    await connection.commands?.publish('pattern:1', text);
  }

  it('hear again what others tell after they broke, and once more while they subscribed anew', async () => {
    const heard = listen();
    await until(() => connection.isReady);
    await tell('before');
    await until(() => heard.length === 2);

    lines.breakAll(2);
    await until(() => lines.isWhole && connection.isReady);
    await tell('after');
    await until(() => heard.length === 4);

    expect(heard.sort()).toEqual(['channel after', 'channel before', 'pattern:1 after', 'pattern:1 before']);
  });

  it('hear what others tell although the first subscription met a line that broke', async () => {
    const heard = listen();
    lines.breakSubscribing(1);
    await until(() => lines.isWhole && connection.isReady);
    await tell('at last');
    await until(() => heard.length === 2);
    expect(heard.sort()).toEqual(['channel at last', 'pattern:1 at last']);
  });

  it('are not ready before Redis has confirmed the subscriptions', async () => {
    listen();
    const readyAt: boolean[] = [];
    connection.ready$.subscribe(() => readyAt.push(lines.isWhole));
    lines.breakSubscribing(1);
    await until(() => connection.isReady);
    expect(readyAt).toEqual([true]);
  });

  it('listen no more to what was given up, also after they broke', async () => {
    const heard = listen();
    await until(() => connection.isReady);
    connection.subscriptions?.unsubscribe('channel');
    lines.breakAll(0);
    await until(() => !connection.isReady);
    await until(() => connection.isReady);
    await tell('after');
    await until(() => heard.length > 0);
    expect(heard).toEqual(['pattern:1 after']);
  });
});
