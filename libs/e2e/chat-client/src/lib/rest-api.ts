import { API_PREFIX, apiPaths, type ChatDto, type ChatListDto, type UserDto } from '@elite-chat/contracts';

/** An answer over HTTP, its body parsed where it is JSON. */
export interface RestAnswer {
  status: number;
  body: unknown;
}

/** The REST calls of one person. */
export class RestApi {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Who this is, as the server sees them; makes the account of a host application's token. */
  me(): Promise<UserDto> {
    return this.get(apiPaths.me);
  }

  /** The customer's active chat, made where there is none. */
  ownChat(): Promise<ChatDto> {
    return this.get(apiPaths.userChat);
  }

  /** Every chat of the inbox, page by page. */
  async inbox(): Promise<ChatDto[]> {
    const chats: ChatDto[] = [];
    let cursor: string | null = null;
    do {
      const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: ChatListDto = await this.get(`${apiPaths.adminChats}?limit=100${from}`);
      chats.push(...page.chats);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return chats;
  }

  /** Reads a path that must be there. */
  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/${API_PREFIX}/${path}`, { headers: this.headers() });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return JSON.parse(await response.text());
  }

  /** Posts a body as it is, which may be what no serializer would write. */
  async post(path: string, body: string | Uint8Array<ArrayBuffer>): Promise<RestAnswer> {
    const headers = { ...this.headers(), 'content-type': 'application/json' };
    const response = await fetch(`${this.url}/${API_PREFIX}/${path}`, { method: 'POST', headers, body });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      return { status: response.status, body: text };
    }
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}
