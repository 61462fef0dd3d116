import { type ClientToServerEvents, type ServerToClientEvents } from '@elite-chat/contracts';
import { type DefaultEventsMap, type Server, type Socket } from 'socket.io';

import { type AuthenticatedUser } from '../../auth/authenticated-user';

/** What the server keeps with each socket. */
export interface ChatSocketData {
  /** Who it is, since before `connection`. */
  user: AuthenticatedUser;
  /** Settles when the socket's last message has its place in its chat's queue. */
  sends: Promise<unknown>;
}

/** A socket of somebody who is signed in. */
export type ChatSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, ChatSocketData>;

/** The server of such sockets. */
export type ChatServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, ChatSocketData>;
