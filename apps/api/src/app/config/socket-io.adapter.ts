import { type IncomingMessage } from 'node:http';

import { PAYLOAD_BYTES_MAX, SOCKET_PATH } from '@elite-chat/contracts';
import { type INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Server, type ServerOptions } from 'socket.io';

import { createBroadcastAdapter } from '../redis/broadcast-adapter';
import { RedisConnection } from '../redis/redis-connection';
import { Environment } from './environment';

/** How the Socket.IO server is made: one path, exact origins, bounded payloads, one set of rooms over all nodes. */
export class SocketIoAdapter extends IoAdapter {
  private readonly origins: ReadonlySet<string>;
  private readonly broadcastAdapter;

  constructor(app: INestApplicationContext) {
    super(app);
    this.origins = new Set(app.get(Environment).frontendOrigins);
    this.broadcastAdapter = createBroadcastAdapter(app.get(RedisConnection));
  }

  override createIOServer(): Server {
    return new Server(this.httpServer, {
      path: SOCKET_PATH,
      ...(this.broadcastAdapter && { adapter: this.broadcastAdapter }),
      serveClient: false,
      maxHttpBufferSize: PAYLOAD_BYTES_MAX,
      // Compressing each small frame costs more memory and time than it saves.
      perMessageDeflate: false,
      httpCompression: false,
      cors: { origin: [...this.origins] },
      allowRequest: (request, decide) => decide(null, this.isAllowed(request)),
    } satisfies Partial<ServerOptions>);
  }

  /** No origin is no browser, and there are no cookies to abuse; one that is given must be ours or listed. */
  private isAllowed(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined || this.origins.has(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}
