import { API_PREFIX, type ErrorBody } from '@elite-chat/contracts';

/** An answer over HTTP, its body parsed where it is JSON. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Speaks to the REST interface as one person, or as nobody. */
export class RestClient {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  get<T = ErrorBody>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>('GET', path, undefined, headers);
  }

  post<T = ErrorBody>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    return this.send<T>('POST', path, body === undefined ? undefined : JSON.stringify(body), headers);
  }

  /** Sends a body as it is, so that it may be what no serializer would write. */
  postRaw<T = ErrorBody>(
    path: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    return this.send<T>('POST', path, body, headers);
  }

  private async send<T>(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/${API_PREFIX}/${path}`, {
      method,
      body: body ?? null,
      headers: {
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parse<T>(text) };
  }
}

/** An error's body without what differs in each answer: its request id. */
export function withoutRequestId(body: ErrorBody): ErrorBody {
  const { requestId: _requestId, ...rest } = body;
  return rest;
}

function parse<T>(text: string): T {
  try {
    return JSON.parse(text);
  } catch {
    return Object(text);
  }
}
