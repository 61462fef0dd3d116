import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';

import { API_URL } from './api/api-url';
import { authInterceptor } from './session/auth.interceptor';

/** What the client is told by the application. */
export interface SessionOptions {
  /** Where the API is, for example `http://localhost:5000`; `''` for the page's own origin. */
  apiUrl: string;
}

/** Everything that signing in, and all that needs it, asks of the application's root. */
export function provideSession({ apiUrl }: SessionOptions): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: API_URL, useValue: apiUrl.replace(/\/+$/, '') },
    provideHttpClient(withInterceptors([authInterceptor])),
  ]);
}
