import {
  computed,
  DestroyRef,
  effect,
  inject,
  Injectable,
  type Signal,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { ChatDto, SideNumbersDto, UserTypingDto } from '@elite-chat/contracts';
import { ChatRequestError, endWithUser, SessionStore } from '@elite-chat/session';

import { ChatApi } from '../api/chat-api';
import type { LoadStatus } from '../load-status';
import { Outbox } from '../outbox/outbox';
import { ChatRooms } from '../realtime/chat-rooms';
import { ChatSocket } from '../realtime/chat-socket';
import { type ChatAct, ChatActs } from './chat-acts';
import { OpenChat } from './open-chat';
import type { ThreadMessage } from './thread-message';

/** What was asked to be opened: its id, and the row where it is known already. */
interface Opening {
  readonly find: () => Promise<{ id: string; chat: ChatDto | null }>;
}

const NOTHING_READ: SideNumbersDto = { user: 0, admin: 0 };

/** One open chat. Provide it in the component that shows the chat: it ends with the component. */
@Injectable()
export class ChatStore {
  private readonly session = inject(SessionStore);
  private readonly api = inject(ChatApi);
  private readonly services = {
    api: this.api,
    socket: inject(ChatSocket),
    rooms: inject(ChatRooms),
    outbox: inject(Outbox),
  };
  private readonly claim = endWithUser(() => this.close());
  private readonly opened = signal<OpenChat | null>(null);
  /** The chat that was opened and is not there for us; what was written to it is not lost. */
  private readonly goneId = signal<string | null>(null);
  private readonly load = signal<{ status: LoadStatus; error: ChatRequestError | null }>(idle());
  private readonly acts = new ChatActs();
  private opening: Opening | null = null;

  /** The chat; null while it is not known. */
  readonly chat: Signal<ChatDto | null> = computed(() => this.opened()?.chat() ?? null);

  /**
   * The thread: stored messages ascending, own copies on their way or failed after them. Of a chat that is not there
   * for us the own copies alone.
   */
  readonly messages: Signal<readonly ThreadMessage[]> = computed(() => {
    const goneId = this.goneId();
    if (goneId !== null) return this.services.outbox.of(goneId)();
    return this.opened()?.messages() ?? [];
  });

  /** How opening stands. */
  readonly status: Signal<LoadStatus> = computed(() => this.load().status);

  /** Why opening failed; null otherwise. What may pass is tried again at the next connection. */
  readonly error: Signal<ChatRequestError | null> = computed(() => this.load().error);

  /** Who else writes at this moment. */
  readonly typing: Signal<readonly UserTypingDto[]> = computed(() => this.opened()?.typing() ?? []);

  /** Whether there are messages before the first one shown. */
  readonly hasOlder: Signal<boolean> = computed(() => this.opened()?.hasOlder() ?? false);

  /** Whether older messages are being loaded. */
  readonly isLoadingOlder: Signal<boolean> = computed(() => this.opened()?.older.isLoading() ?? false);

  /** Why older messages could not be loaded; null otherwise. `loadOlder` tries again. */
  readonly olderError: Signal<ChatRequestError | null> = computed(() => this.opened()?.older.error() ?? null);

  /** Whether what is loaded ends before the thread does: its end was given up for what is further up. */
  readonly hasNewer: Signal<boolean> = computed(() => this.opened()?.hasNewer() ?? false);

  /** Whether newer messages are being loaded. */
  readonly isLoadingNewer: Signal<boolean> = computed(() => this.opened()?.newer.isLoading() ?? false);

  /** Why newer messages could not be loaded; null otherwise. `loadNewer` tries again. */
  readonly newerError: Signal<ChatRequestError | null> = computed(() => this.opened()?.newer.error() ?? null);

  /** How many messages our side has not read. */
  readonly unreadCount: Signal<number> = computed(() => {
    const opened = this.opened();
    return opened?.chat()?.unreadCount[opened.side] ?? 0;
  });

  /** Up to which entry each side has read. */
  readonly readSeq: Signal<SideNumbersDto> = computed(() => this.opened()?.readSeq() ?? NOTHING_READ);

  /** What is being done to the chat as a whole; null: nothing is. */
  readonly actUnderWay = this.acts.underWay;

  /** What could not be done to the chat as a whole, with the reason; null once something else is tried. */
  readonly failedAct = this.acts.failed;

  /** Whether no more messages of this chat can wait to be sent. */
  readonly isOutboxFull: Signal<boolean> = computed(() => {
    const opened = this.opened();
    return opened !== null && this.services.outbox.isFull(opened.id);
  });

  /** Whether messages wait to be sent that would be lost with the page: this browser keeps nothing. */
  readonly isOutboxVolatile: Signal<boolean> = computed(
    () => this.services.outbox.isVolatile() && this.services.outbox.messages().length > 0,
  );

  constructor() {
    this.services.socket.connected$.pipe(takeUntilDestroyed()).subscribe(() => void this.tryAgain());
    inject(DestroyRef).onDestroy(() => this.close());
    // Also what is read from the browser's storage only after the server has answered.
    effect(() => {
      const [goneId, error] = [this.goneId(), this.error()];
      if (goneId === null || !error || !this.messages().some(({ status }) => status === 'sending')) return;
      untracked(() => void this.services.outbox.failAll(goneId, error));
    });
  }

  /** Customers: opens the active chat, which is made when there is none. Failures stand in `error`. */
  openOwn(): Promise<void> {
    return this.begin({
      find: async () => {
        const chat = await this.api.userChat();
        return { id: chat.id, chat };
      },
    });
  }

  /** Opens a chat by its id: any for an admin, one's own for a customer. Failures stand in `error`. */
  open(chatId: string): Promise<void> {
    return this.begin({ find: () => Promise.resolve({ id: chatId, chat: null }) });
  }

  /** Leaves the chat and forgets it; what is on its way is sent all the same. */
  close(): void {
    this.opening = null;
    this.opened()?.end();
    this.opened.set(null);
    this.goneId.set(null);
    this.acts.forget();
    this.load.set(idle());
  }

  /** Loads the page before the first message shown; a failure stands in `olderError`. */
  async loadOlder(): Promise<void> {
    await this.opened()?.loadOlder();
  }

  /** With `hasNewer`: loads the page after the last message shown; a failure stands in `newerError`. */
  async loadNewer(): Promise<void> {
    await this.opened()?.loadNewer();
  }

  /** With `hasNewer`: loads the end of the thread instead of what is loaded, and nothing between. */
  async loadEnd(): Promise<void> {
    await this.opened()?.loadEnd();
  }

  /** Says whether the reader sees the end: when too much is loaded, what is far from them goes. */
  follow(isAtEnd: boolean): void {
    this.opened()?.follow(isAtEnd);
  }

  /**
   * Sends a text: shown at once, kept and retried with the same id until stored or refused. Resolves when it is
   * safe; rejects with a `ChatRequestError` when it is not taken at all.
   */
  async send(text: string): Promise<void> {
    await this.opened()?.send(text);
  }

  /** Sends a failed message again, with the same id. */
  retry(clientMessageId: string): void {
    const chatId = this.shownId();
    if (chatId !== null) void this.services.outbox.retry(chatId, clientMessageId);
  }

  /** Gives a failed message up. */
  discard(clientMessageId: string): void {
    const chatId = this.shownId();
    if (chatId !== null) void this.services.outbox.discard(chatId, clientMessageId);
  }

  /** To be called at each change of the draft; says `typing` as seldom as agreed. */
  notifyTyping(): void {
    this.opened()?.notifier.notify();
  }

  /** Says that writing has ended: the draft was emptied or left. */
  stopTyping(): void {
    this.opened()?.notifier.stop();
  }

  /** Admins: takes the chat over, whoever has it. A failure stands in `failedAct`, as of the next three. */
  assignToMe(): Promise<void> {
    return this.act('take', ({ id }) => this.api.assign(id));
  }

  /** Admins: lets nobody be assigned. */
  unassign(): Promise<void> {
    return this.act('unassign', ({ id }) => this.api.unassign(id));
  }

  /** Ends the chat; a message, or `reopenChat`, goes on with it. */
  closeChat(): Promise<void> {
    return this.act('close', ({ id, side }) => this.api.closeChat(side, id));
  }

  /** Goes on with a closed chat; refused while the customer has another active one, which the error names. */
  reopenChat(): Promise<void> {
    return this.act('reopen', ({ id, side }) => this.api.reopenChat(side, id));
  }

  /** Our side has read all that is shown. */
  markRead(): void {
    this.opened()?.markRead();
  }

  private async act(act: ChatAct, request: (opened: OpenChat) => Promise<ChatDto>): Promise<void> {
    const opened = this.opened();
    if (opened) await this.acts.run(act, async () => opened.adopt(await request(opened)));
  }

  private async begin(opening: Opening): Promise<void> {
    this.claim();
    this.close();
    this.opening = opening;
    this.load.set({ status: 'loading', error: null });
    try {
      const { id, chat } = await opening.find();
      if (this.opening !== opening) return;
      const opened = this.openChat(id);
      if (chat) opened.adopt(chat);
      await opened.load();
      if (this.opening === opening && this.opened() === opened)
        this.load.set({ status: 'ready', error: null });
    } catch (fault) {
      if (this.opening === opening) this.fail(ChatRequestError.from(fault));
    }
  }

  private openChat(id: string): OpenChat {
    const side = this.session.user()?.role ?? 'user';
    const opened: OpenChat = new OpenChat(id, side, this.services, (error) => {
      if (this.opened() === opened) this.fail(error);
    });
    this.opened.set(opened);
    return opened;
  }

  private fail(error: ChatRequestError): void {
    const opened = this.opened();
    opened?.end();
    // What was written to a chat that is not there for us has nowhere to go, and is its writer's all the same.
    if (opened && isFinal(error)) this.goneId.set(opened.id);
    this.opened.set(null);
    this.load.set({ status: 'failed', error });
  }

  private shownId(): string | null {
    return this.opened()?.id ?? this.goneId();
  }

  private async tryAgain(): Promise<void> {
    const error = this.error();
    if (this.opening && error && !isFinal(error)) {
      await this.begin(this.opening);
    }
  }
}

function idle(): { status: LoadStatus; error: null } {
  return { status: 'idle', error: null };
}

/** The chat does not exist, or not for us: no further try will change that. */
function isFinal({ code }: ChatRequestError): boolean {
  return code === 'not_found' || code === 'forbidden';
}
