import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { SOCKET_PATH } from '@elite-chat/contracts';
import { provideSocketIo } from 'ngx-socket-io';

import { API_URL } from './api/api-url';
import { authInterceptor } from './session/auth.interceptor';

/** What the chat client is told by the application. */
export interface ChatClientOptions {
  /** Where the API is, for example `http://localhost:5000`; `''` for the page's own origin. */
  apiUrl: string;
}

/** Everything that the chat client needs of the application's root. */
export function provideChatClient({ apiUrl }: ChatClientOptions): EnvironmentProviders {
  const origin = apiUrl.replace(/\/+$/, '');
  return makeEnvironmentProviders([
    { provide: API_URL, useValue: origin },
    provideHttpClient(withInterceptors([authInterceptor])),
    provideSocketIo({
      url: origin,
      options: {
        path: SOCKET_PATH,
        autoConnect: false,
        // ChatSocket reconnects: it knows when the next try is and can be told to try now.
        reconnection: false,
        transports: ['websocket', 'polling'],
        tryAllTransports: true,
      },
    }),
  ]);
}
