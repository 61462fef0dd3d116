import { type IncomingMessage } from 'node:http';

import { PAYLOAD_BYTES_MAX, SOCKET_PATH } from '@elite-chat/contracts';
import { type INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Server, type ServerOptions } from 'socket.io';

import { ConnectionAdmission } from '../chat/realtime/connection-admission';
import { createBroadcastAdapter } from '../redis/broadcast-adapter';
import { RedisConnection } from '../redis/redis-connection';
import { Environment } from './environment';

/** How long a connection is kept on which nobody says who they are, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/** How the Socket.IO server is made: one path, exact origins, bounded payloads, one set of rooms over all nodes. */
export class SocketIoAdapter extends IoAdapter {
  private readonly origins: ReadonlySet<string>;
  private readonly broadcastAdapter;
  private readonly admission: ConnectionAdmission;

  constructor(app: INestApplicationContext) {
    super(app);
    this.origins = new Set(app.get(Environment).frontendOrigins);
    this.broadcastAdapter = createBroadcastAdapter(app.get(RedisConnection));
    this.admission = app.get(ConnectionAdmission);
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
      connectTimeout: CONNECT_TIMEOUT_MS,
      allowRequest: (request, decide) => {
        if (!this.isAllowed(request)) decide(null, false);
        else void this.admission.refusalOf(request).then((code) => decide(code, code === null));
      },
    } satisfies Partial<ServerOptions>);
  }

  /** No origin is no browser, and there are no cookies to abuse; one that is given must be ours or listed. */
  private isAllowed(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined || this.origins.has(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}
