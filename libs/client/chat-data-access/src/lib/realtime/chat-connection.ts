import { ApplicationRef, inject, InjectionToken } from '@angular/core';
import { type ServerToClientEvents, SOCKET_PATH } from '@elite-chat/contracts';
import { API_URL } from '@elite-chat/session';
import { type DefaultEventsMap, Socket } from 'ngx-socket-io';

/**
 * The one Socket.IO connection, not connected yet. Made when it is first needed, so that pages before signing in
 * load nothing of it. What is emitted is typed by `ChatSocket.emitWithAck`: the library's own type can't follow a
 * generic event name.
 */
export const CHAT_CONNECTION = new InjectionToken<Socket<ServerToClientEvents, DefaultEventsMap>>(
  'CHAT_CONNECTION',
  {
    providedIn: 'root',
    factory: () =>
      new Socket(
        {
          url: inject(API_URL),
          options: {
            path: SOCKET_PATH,
            autoConnect: false,
            // ChatSocket reconnects: it knows when the next try is and can be told to try now.
            reconnection: false,
            transports: ['websocket', 'polling'],
            tryAllTransports: true,
          },
        },
        inject(ApplicationRef),
      ),
  },
);
