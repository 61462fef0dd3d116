import { inject, Injectable } from '@angular/core';
import { ACK_TIMEOUT_MS, apiPaths, type ChatDto, type MessagePageDto } from '@elite-chat/contracts';
import { firstValueFrom, race, timer } from 'rxjs';
import { AccountApi, SessionStore } from '@elite-chat/session';

import { ChatApi } from '../api/chat-api';
import { ChatRooms } from '../realtime/chat-rooms';
import { ChatSocket } from '../realtime/chat-socket';
import { createClientMessageId } from '../thread/client-message-id';
import { type Ask, askOver, type ProbeSocket } from './probe-socket';
import { SelfTestReport, type SelfTestResult, SkippedCheck } from './self-test-report';

/** What a self-test of the API may do. */
export interface SelfTestOptions {
  /** Also send a message, which the other side will see. */
  readonly send?: boolean;
}

/** Says of a running client what works and what doesn't. Changes nothing that others see, unless told to. */
@Injectable({ providedIn: 'root' })
export class SelfTest {
  private readonly session = inject(SessionStore);
  private readonly accounts = inject(AccountApi);
  private readonly api = inject(ChatApi);
  private readonly socket = inject(ChatSocket);
  private readonly rooms = inject(ChatRooms);

  /** Checks token, connection, room and history over the client's socket, or over another. */
  async connection(probe?: ProbeSocket): Promise<readonly SelfTestResult[]> {
    const report = new SelfTestReport('Connection');
    const ask: Ask = probe ? askOver(probe) : (event, payload) => this.socket.emitWithAck(event, payload);
    await report.check('token', () => this.checkToken());
    await report.check('connection', () => (probe ? describe(probe.connected) : this.checkConnected()));

    let chat: ChatDto | null = null;
    await report.check('room', async () => {
      chat = await this.findChat();
      const { id } = existing(chat);
      await (probe ? tryRoom(ask, id) : this.tryOwnRoom(id));
      return `joined and left chat ${id}`;
    });
    await report.check('history', async () =>
      describePage(await ask('get_messages', { chatId: existing(chat).id })),
    );
    return report.finish();
  }

  /** Checks each REST call that can be made without changing anything; with `send` also sending. */
  async calls(options: SelfTestOptions = {}): Promise<readonly SelfTestResult[]> {
    const report = new SelfTestReport('API');
    await report.check('token', () => this.checkToken());
    await report.check(`GET ${apiPaths.healthLive}`, async () => (await this.api.healthLive()).status);
    await report.check(`GET ${apiPaths.healthReady}`, async () => (await this.api.healthReady()).status);
    await report.check(`GET ${apiPaths.me}`, async () => {
      const { name, role } = await this.accounts.me();
      return `${name}, ${role}`;
    });
    if (this.session.user()?.role === 'admin') await this.checkAdminCalls(report, options);
    else await this.checkCustomerCalls(report, options);
    for (const path of [apiPaths.register, apiPaths.login, apiPaths.password, apiPaths.signOutEverywhere]) {
      await report.check(`POST ${path}`, () => skip('it would change an account or a session'));
    }
    return report.finish();
  }

  private async checkCustomerCalls(report: SelfTestReport, { send }: SelfTestOptions): Promise<void> {
    let chat: ChatDto | null = null;
    await report.check(`GET ${apiPaths.userChat}`, async () => {
      chat = await this.api.userChat();
      return `chat ${chat.id}`;
    });
    await report.check(`GET ${apiPaths.userChats}`, async () =>
      describeRows((await this.api.userChats()).chats),
    );
    await report.check(`GET ${apiPaths.userMessages(':chatId')}`, async () =>
      describePage(await this.api.userMessages(existing(chat).id)),
    );
    await report.check(`POST ${apiPaths.userRead(':chatId')}`, async () => {
      const { id, readSeq } = existing(chat);
      // The mark where it stands: nothing becomes read by a test.
      return `read up to ${(await this.api.markUserRead(id, { seq: readSeq.user })).seq}`;
    });
    await report.check(`POST ${apiPaths.userMessages(':chatId')}`, async () => {
      if (!send) return skip('a message would be seen; { send: true } sends one');
      return `stored as ${(await this.api.sendUserMessage(existing(chat).id, selfTestMessage())).seq}`;
    });
  }

  private async checkAdminCalls(report: SelfTestReport, { send }: SelfTestOptions): Promise<void> {
    let chat: ChatDto | null = null;
    await report.check(`GET ${apiPaths.adminChats}`, async () => {
      const { chats } = await this.api.adminChats();
      chat = chats[0] ?? null;
      return describeRows(chats);
    });
    await report.check(`GET ${apiPaths.adminOverview}`, async () => {
      const { waiting, unread } = await this.api.adminOverview();
      return `${waiting} waiting, ${unread} unread`;
    });
    await report.check(`GET ${apiPaths.adminMessages(':chatId')}`, async () =>
      describePage(await this.api.adminMessages(existing(chat).id)),
    );
    await report.check(`POST ${apiPaths.adminRead(':chatId')}`, async () => {
      const { id, readSeq } = existing(chat);
      return `read up to ${(await this.api.markAdminRead(id, { seq: readSeq.admin })).seq}`;
    });
    await report.check(`POST ${apiPaths.adminAssign(':chatId')}`, async () => {
      const { id, admin } = existing(chat);
      if (!admin) return skip('nobody answers the chat; assigning it would be seen');
      // To whom it is assigned already: that changes nothing.
      return `assigned to ${(await this.api.assign(id, { adminId: admin.id })).admin?.name ?? 'nobody'}`;
    });
    await report.check(`POST ${apiPaths.adminMessages(':chatId')}`, async () => {
      if (!send) return skip('a message would be seen; { send: true } sends one');
      return `stored as ${(await this.api.sendAdminMessage(existing(chat).id, selfTestMessage())).seq}`;
    });
  }

  private checkToken(): string {
    const user = this.session.user();
    if (!user) throw new Error('nobody is signed in; sign in and try again');
    if (!this.session.token()) throw new Error('the session has ended; sign in again');
    return `${user.name}, ${user.role}`;
  }

  private async checkConnected(): Promise<string> {
    this.socket.retryNow();
    if (this.socket.state() === 'connecting') {
      await firstValueFrom(race(this.socket.connected$, timer(ACK_TIMEOUT_MS)));
    }
    return describe(this.socket.state() === 'connected', this.socket.state());
  }

  /** The client itself may be in the room: it must stay there. */
  private async tryOwnRoom(chatId: string): Promise<void> {
    const hold = this.rooms.hold(chatId);
    try {
      await hold.join();
    } finally {
      hold.release();
    }
  }

  private async findChat(): Promise<ChatDto | null> {
    const isAdmin = this.session.user()?.role === 'admin';
    const { chats } = isAdmin ? await this.api.adminChats() : await this.api.userChats();
    return chats[0] ?? null;
  }
}

async function tryRoom(ask: Ask, chatId: string): Promise<void> {
  await ask('join_chat', { chatId });
  await ask('leave_chat', { chatId });
}

function describe(isConnected: boolean, state = 'disconnected'): string {
  if (!isConnected) throw new Error(`${state}; is the server running, and is this page's origin allowed?`);
  return 'connected';
}

function describePage({ messages, lastSeq }: MessagePageDto): string {
  return `${messages.length} messages, the last entry is ${lastSeq}`;
}

function describeRows(chats: readonly ChatDto[]): string {
  return `${chats.length} chats`;
}

function existing(chat: ChatDto | null): ChatDto {
  return chat ?? skip('there is no chat to try it with');
}

function skip(reason: string): never {
  throw new SkippedCheck(reason);
}

function selfTestMessage(): { message: string; clientMessageId: string } {
  return { message: 'This is a self-test of the chat.', clientMessageId: createClientMessageId() };
}
