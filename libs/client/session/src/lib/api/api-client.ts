import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { ACK_TIMEOUT_MS, API_PREFIX } from '@elite-chat/contracts';
import { catchError, firstValueFrom, throwError, timeout } from 'rxjs';

import { requestErrorFromHttp } from '../errors/request-error-from-http';
import { API_URL } from './api-url';

/** Values that a query of ours can have; what is undefined is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** Calls the API by the paths of the contracts. Everything rejects with a `ChatRequestError`. */
@Injectable({ providedIn: 'root' })
export class ApiClient {
  private readonly http = inject(HttpClient);
  private readonly root = `${inject(API_URL)}/${API_PREFIX}/`;

  /** Asks for something. */
  get<T>(path: string, query: Query = {}): Promise<T> {
    return this.request<T>('GET', path, { params: withoutUndefined(query) });
  }

  /** Does something. */
  post<T>(path: string, body: object): Promise<T> {
    return this.request<T>('POST', path, { body });
  }

  private request<T>(
    method: string,
    path: string,
    options: { body?: object; params?: Record<string, string | number> },
  ): Promise<T> {
    return firstValueFrom(
      this.http.request<T>(method, this.root + path, options).pipe(
        timeout(ACK_TIMEOUT_MS),
        catchError((fault: unknown) => throwError(() => requestErrorFromHttp(fault))),
      ),
    );
  }
}

function withoutUndefined(query: Query): Record<string, string | number> {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) params[name] = value;
  }
  return params;
}
