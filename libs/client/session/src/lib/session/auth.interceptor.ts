import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { API_PREFIX } from '@elite-chat/contracts';
import { tap } from 'rxjs';

import { API_URL } from '../api/api-url';
import { readErrorBody } from '../errors/read-error-body';
import { SessionStore } from './session.store';

/** Signs requests to the API, and to nobody else; ends the session when the API refuses its token. */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(SessionStore);
  const token = session.token();
  if (token === null || !request.url.startsWith(`${inject(API_URL)}/${API_PREFIX}/`)) return next(request);

  return next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } })).pipe(
    tap({
      error: (fault: unknown) => {
        if (fault instanceof HttpErrorResponse && readErrorBody(fault.error)?.code === 'unauthorized') {
          session.end(token);
        }
      },
    }),
  );
};
