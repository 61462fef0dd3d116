import { type MessageDto } from '@elite-chat/contracts';
import { io, type Socket } from 'socket.io-client';

import { type Person } from '../person';
import { type Listener } from './listener';

/** Listens as Socket.IO's own client does: it has what it hears, and what the server keeps for it. */
export class RelayListener implements Listener {
  private readonly socket: Socket;
  private readonly heard = new Map<number, string>();
  private first = Infinity;
  private repeated = 0;

  constructor(
    url: string,
    private readonly person: Person,
  ) {
    this.socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
      forceNew: true,
    });
    this.socket.on('connect', () => {
      if (!this.socket.recovered) void this.enter();
    });
    this.socket.on('new_message', ({ seq, id }: MessageDto) => {
      if (this.heard.has(seq)) this.repeated++;
      this.first = Math.min(this.first, seq);
      this.heard.set(seq, id);
    });
  }

  async join(): Promise<void> {
    const connected = new Promise<void>((resolve) => this.socket.once('connect', resolve));
    this.connect();
    await connected;
    await this.enter();
  }

  cut(): void {
    this.socket.io.engine.close();
  }

  connect(): void {
    this.socket.connect();
  }

  /** The relay numbers the messages of all chats in one row; nobody is cut before the first one of this chat. */
  hasAll(messages: number): boolean {
    if (this.heard.size < messages) return false;
    for (let n = 0; n < messages; n++) if (!this.heard.has(this.first + n)) return false;
    return true;
  }

  get shown(): number {
    return this.heard.size;
  }

  get shownTwice(): number {
    return this.repeated;
  }

  close(): void {
    this.socket.disconnect();
  }

  private async enter(): Promise<void> {
    await this.socket.emitWithAck('join_chat', { chatId: this.person.chatId });
  }
}
