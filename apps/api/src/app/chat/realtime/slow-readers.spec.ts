import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { Server, type Socket as ServerSocket } from 'socket.io';
import { io, type Socket } from 'socket.io-client';

import { Environment } from '../../config/environment';
import { SlowReaders } from './slow-readers';

const MEBIBYTE = 1_048_576;
const TEXT = 'x'.repeat(MEBIBYTE / 16);

describe('SlowReaders', () => {
  let http: HttpServer;
  let server: Server;
  let slowReaders: SlowReaders;
  let cuts: number;
  const clients: Socket[] = [];

  async function start(): Promise<void> {
    http = createServer();
    server = new Server(http, { perMessageDeflate: false });
    slowReaders = new SlowReaders(
      Environment.read({
        JWT_SECRET: 'a-secret-for-specs-of-32-bytes-or-more',
        LIMIT_UNSENT_BYTES_PER_CONNECTION: String(MEBIBYTE),
      }),
    );
    cuts = 0;
    slowReaders.cuts.subscribe(() => cuts++);
    slowReaders.watch(server);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  }

  afterEach(async () => {
    jest.useRealTimers();
    for (const client of clients.splice(0)) client.disconnect();
    slowReaders.onModuleDestroy();
    await server.close();
  });

  async function connect(): Promise<Socket> {
    const { port } = http.address() as AddressInfo;
    const client = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    clients.push(client);
    await new Promise<void>((resolve) => client.once('connect', () => resolve()));
    return client;
  }

  /** The TCP connection under a client. */
  function lineOf(client: Socket): { pause(): void; resume(): void } {
    return Reflect.get(Reflect.get(client.io.engine.transport, 'ws'), '_socket');
  }

  /** Counts what a client hears; resolves when that is as much as is asked for. */
  function listener(client: Socket): (packets: number) => Promise<void> {
    let heard = 0;
    let check = () => {};
    client.on('news', () => {
      heard++;
      check();
    });
    return (packets) =>
      new Promise((resolve) => {
        check = () => {
          if (heard >= packets) resolve();
        };
        check();
      });
  }

  /** The server's end of a client's connection. */
  function connectionOf(client: Socket): ServerSocket['conn'] {
    const socket = server.sockets.sockets.get(client.id ?? '');
    if (!socket) throw new Error('The client is not connected.');
    return socket.conn;
  }

  function ending(client: Socket): Promise<string> {
    return new Promise((resolve) => connectionOf(client).once('close', resolve));
  }

  /** Sends to a client until its line takes no more, and gives how many packets that were. */
  async function fill(client: Socket): Promise<number> {
    const connection = connectionOf(client);
    for (let sent = 1; ; sent++) {
      connection.write(`2${JSON.stringify(['news', TEXT])}`);
      await new Promise((resolve) => setImmediate(resolve));
      if (Reflect.get(connection, 'writeBuffer').length > 0) return sent;
    }
  }

  it('cuts off who does not read, while the others of the room hear everything', async () => {
    await start();
    const [reading, stopped, behind] = [await connect(), await connect(), await connect()];
    const gone = ending(stopped);
    const [heard, caughtUp] = [listener(reading), listener(behind)];
    lineOf(behind).pause();
    const waiting = await fill(behind);
    lineOf(stopped).pause();
    // Until what waits is beyond the line's own buffers; whoever reads keeps up.
    let packets = 0;
    while (cuts === 0) {
      for (let sent = 0; sent < 8; sent++, packets++) {
        server.to([reading.id ?? '', stopped.id ?? '']).emit('news', TEXT);
      }
      await heard(packets);
    }
    expect(await gone).toBe('forced close');
    lineOf(behind).resume();
    await caughtUp(waiting);
    expect([cuts, reading.connected, behind.connected]).toEqual([1, true, true]);
  });

  it('cuts off who takes nothing for ten seconds, however little waits', async () => {
    jest.useFakeTimers({
      doNotFake: ['setImmediate', 'setTimeout', 'clearTimeout', 'nextTick', 'queueMicrotask'],
    });
    await start();
    const stopped = await connect();
    const gone = ending(stopped);
    lineOf(stopped).pause();
    await fill(stopped);
    jest.advanceTimersByTime(10_000);
    expect(cuts).toBe(0);
    jest.advanceTimersByTime(1_000);
    expect(cuts).toBe(1);
    expect(await gone).toBe('forced close');
  });
});
