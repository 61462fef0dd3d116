import { type ErrorBody, SOCKET_PATH } from '@elite-chat/contracts';
import { type BeforeApplicationShutdown, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import { type Subscription } from 'rxjs';

import { AppDoors } from '../app-doors.service';
import { ApiError } from '../errors/api-error';
import { asApiError } from '../errors/as-api-error';
import { Metrics } from '../metrics/metrics';
import { SessionEndings } from '../users/session-endings.service';
import { ADMIN_ROOM, CUSTOMER_ROOM, sessionRoom, userRoom } from './chat-rooms';
import { ConnectedPeople } from './presence/connected-people';
import { PresenceAnnouncer } from './presence/presence-announcer';
import { type ChatServer, type ChatSocket } from './realtime/chat-socket';
import { SlowReaders } from './realtime/slow-readers';
import { SocketAuthentication } from './realtime/socket-authentication';
import { SocketEventBinder } from './realtime/socket-event-binder';

/** Longest delay that a timer can hold, in milliseconds. */
const TIMER_MAX_MS = 2_147_483_647;

/** The socket's door: lets people in, puts them into their rooms, binds the events, and shows them out. */
@WebSocketGateway({ path: SOCKET_PATH })
export class ChatGateway implements OnGatewayInit<ChatServer>, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(ChatGateway.name);
  private endings: Subscription | null = null;
  private server: ChatServer | null = null;

  constructor(
    private readonly authentication: SocketAuthentication,
    private readonly binder: SocketEventBinder,
    private readonly sessionEndings: SessionEndings,
    private readonly people: ConnectedPeople,
    private readonly presence: PresenceAnnouncer,
    private readonly slowReaders: SlowReaders,
    private readonly metrics: Metrics,
    private readonly doors: AppDoors,
  ) {}

  /** Lets in only who proves a session, and shows out whose session ends. */
  afterInit(server: ChatServer): void {
    server.use((socket, next) => {
      const refusal = this.doors.refusal();
      if (refusal) {
        next(asConnectError(refusal));
        return;
      }
      this.authentication.admit(socket).then(
        () => next(),
        (error: unknown) => next(this.toConnectError(error)),
      );
    });
    server.on('connection', (socket) => void this.welcome(socket));
    this.server = server;
    this.slowReaders.watch(server);
    this.endings = this.sessionEndings.endings.subscribe(({ userId, exceptTokenFingerprint }) => {
      // Only here: each node is told by the database, and a slower one must not end a newer session elsewhere.
      const sockets = server.local.in(userRoom(userId));
      const ended = exceptTokenFingerprint ? sockets.except(sessionRoom(exceptTokenFingerprint)) : sockets;
      ended.disconnectSockets(true);
    });
  }

  onModuleDestroy(): void {
    this.endings?.unsubscribe();
  }

  /** Once what was in flight is answered: sends away who is connected. */
  beforeApplicationShutdown(): void {
    // The line is closed, not the socket: clients come back by themselves, to whichever node is there then.
    for (const { conn } of this.server?.of('/').sockets.values() ?? []) conn.close();
  }

  private welcome(socket: ChatSocket): void {
    if (this.doors.refusal()) {
      // The doors have closed during the handshake.
      socket.conn.close();
      return;
    }
    const { user } = socket.data;
    void socket.join([
      userRoom(user.id),
      sessionRoom(user.tokenFingerprint),
      user.role === 'admin' ? ADMIN_ROOM : CUSTOMER_ROOM,
    ]);
    this.binder.bind(socket);
    this.people.enter(user, socket.id);
    socket.on('disconnect', () => this.people.leave(user.id, socket.id));
    if (user.role === 'user') this.presence.welcome(socket.id);
    // A session that ended between the handshake and the joining of its rooms was not in them yet.
    this.authentication.recheck(socket).catch(() => socket.disconnect(true));
    const expiry = disconnectAt(socket, user.expiresAt);
    socket.on('disconnect', () => clearTimeout(expiry()));
  }

  /** Socket.IO sends an error's message and its `data`: the code and the body. */
  private toConnectError(error: unknown): Error & { data: ErrorBody } {
    const refusal: ApiError = asApiError(error);
    this.metrics.refused('handshake', refusal.code);
    if (refusal.status >= 500) this.logger.error({ err: refusal.cause ?? refusal }, 'A handshake failed.');
    return asConnectError(refusal);
  }
}

function asConnectError(refusal: ApiError): Error & { data: ErrorBody } {
  return Object.assign(new Error(refusal.code), { data: refusal.toBody() });
}

/** Ends a connection as its token ends; timers are shorter than some tokens live. */
function disconnectAt(socket: ChatSocket, expiresAt: Date): () => NodeJS.Timeout {
  let timer: NodeJS.Timeout;
  const arm = () => {
    const remaining = expiresAt.getTime() - Date.now();
    timer = setTimeout(
      () => (remaining > TIMER_MAX_MS ? arm() : socket.disconnect(true)),
      Math.min(Math.max(0, remaining), TIMER_MAX_MS),
    );
  };
  arm();
  return () => timer;
}
