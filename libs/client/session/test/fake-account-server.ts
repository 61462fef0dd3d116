import { HttpErrorResponse, type HttpRequest, HttpResponse } from '@angular/common/http';
import { API_PREFIX, apiPaths, type ErrorCode, ERROR_STATUS, type UserDto } from '@elite-chat/contracts';
import { aUser } from '@elite-chat/testing';
import { defer, of, throwError, type Observable } from 'rxjs';

/** A server with one account, in memory, for `HttpBackend`. */
export class FakeAccountServer {
  user: UserDto = aUser();
  token = 'token-1';
  /** What it answers instead; `network`: it is not reached. */
  failure: ErrorCode | 'network' | null = null;

  handle(request: HttpRequest<unknown>): Observable<HttpResponse<unknown>> {
    return defer(() => {
      const path = request.url.slice(`/${API_PREFIX}/`.length);
      const code = this.failure ?? this.refusal(request, path);
      if (code === 'network') return throwError(() => new HttpErrorResponse({ status: 0 }));
      if (code) {
        const error = { code, message: `The answer is ${code}.` };
        return throwError(() => new HttpErrorResponse({ status: ERROR_STATUS[code], error }));
      }
      const body = path === apiPaths.me ? this.user : { token: this.token, user: this.user };
      return of(new HttpResponse({ status: 200, body }));
    });
  }

  private refusal(request: HttpRequest<unknown>, path: string): ErrorCode | null {
    if (path !== apiPaths.me) return null;
    return request.headers.get('Authorization') === `Bearer ${this.token}` ? null : 'unauthorized';
  }
}
