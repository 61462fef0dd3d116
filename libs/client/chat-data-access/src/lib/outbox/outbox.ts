import {
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  Injectable,
  Injector,
  type Signal,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  findMessageTextFault,
  MESSAGE_BYTES_MAX,
  MESSAGE_CHARACTERS_MAX,
  type MessageDto,
  normalizeMessageText,
} from '@elite-chat/contracts';
import { ChatRequestError, endWithUser, SessionStore } from '@elite-chat/session';
import { Subject } from 'rxjs';

import { ChatSocket } from '../realtime/chat-socket';
import { createClientMessageId } from '../thread/client-message-id';
import type { FailedMessage, LocalMessage } from '../thread/thread-message';
import { OPEN_OUTBOX } from './outbox-storage';
import { PersonalOutbox } from './personal-outbox';
import type { UnsentMessage } from './unsent-message';

/** So many messages of one chat, and in all, can wait to be sent. */
const CHAT_MAX = 200;
const ALL_MAX = 1_000;

/**
 * What has been written and is not stored yet, of all chats: kept in the browser over reloads and crashes, and sent
 * by one tab, one message of a chat after the other, under the same id until it is stored or refused. It belongs to
 * whoever is signed in: signing out forgets it, and nobody else ever sees or sends it.
 */
@Injectable({ providedIn: 'root' })
export class Outbox {
  private readonly session = inject(SessionStore);
  private readonly socket = inject(ChatSocket);
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly injector = inject(Injector);
  private readonly open = inject(OPEN_OUTBOX);
  private readonly acknowledged = new Subject<MessageDto>();
  private readonly owner = computed(() => this.session.user()?.id);
  private readonly personal = signal<{ userId: string; outbox: PersonalOutbox } | null>(null);
  private readonly claim = endWithUser(() => this.leave());

  /** Each message of ours when it is stored, before its own copy goes. */
  readonly stored$ = this.acknowledged.asObservable();

  /** Everything that is not stored yet, in the order of writing. */
  readonly messages: Signal<readonly UnsentMessage[]> = computed(
    () => this.personal()?.outbox.messages() ?? [],
  );

  /** Whether it is lost with the page: this browser keeps nothing. */
  readonly isVolatile: Signal<boolean> = computed(() => this.personal()?.outbox.isDurable() === false);

  constructor() {
    const destroyRef = inject(DestroyRef);
    this.socket.connected$
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe(() => this.personal()?.outbox.resume());
    this.socket.newMessage$
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe((message) => this.personal()?.outbox.confirm(message));
    // What an earlier page has kept is sent without anybody opening its chat.
    effect(() => {
      const userId = this.owner();
      if (userId !== undefined) untracked(() => this.ownedBy(userId));
    });
    const warn = (event: Event) => {
      if (this.isVolatile() && this.messages().length > 0) event.preventDefault();
    };
    this.view?.addEventListener('beforeunload', warn);
    destroyRef.onDestroy(() => {
      this.view?.removeEventListener('beforeunload', warn);
      void this.personal()?.outbox.end();
    });
  }

  /** Own copies of a chat, in the order of writing. */
  of(chatId: string): Signal<readonly UnsentMessage[]> {
    return computed(() => this.messages().filter(({ message }) => message.chat === chatId));
  }

  /** Whether no more can wait in a chat: what is written then stays in its field. */
  isFull(chatId: string): boolean {
    return this.messages().length >= ALL_MAX || this.of(chatId)().length >= CHAT_MAX;
  }

  /**
   * Takes a text: it is sent as soon as there is a connection, after those before it. Resolves when it is safe;
   * rejects with a `ChatRequestError` what no server would take.
   * @param basedOnSeq admins only: the entry up to which the thread was shown; refused if another admin has answered after it
   */
  async send(chatId: string, text: string, basedOnSeq: number | null = null): Promise<void> {
    const user = this.session.user();
    if (!user) return;
    refuseUnfit(text);
    await this.ownedBy(user.id).add({
      chat: chatId,
      sender: user.id,
      senderName: user.name,
      senderRole: user.role,
      message: normalizeMessageText(text),
      messageType: 'text',
      clientMessageId: createClientMessageId(),
      isRead: false,
      readAt: null,
      createdAt: new Date().toISOString(),
      ...(basedOnSeq !== null && { basedOnSeq }),
    });
  }

  /**
   * Sends a failed message again, behind all others: with the same id, so that it can't be stored twice. A reply
   * that was overtaken is sent whatever was answered: its writer has seen it now.
   */
  async retry(chatId: string, clientMessageId: string): Promise<void> {
    const failed = this.findFailed(chatId, clientMessageId);
    const outbox = this.personal()?.outbox;
    if (failed?.status !== 'failed' || !outbox) return;
    await outbox.replace(failed.message, toTryAgain(failed));
  }

  /** Gives a failed message up. */
  async discard(chatId: string, clientMessageId: string): Promise<void> {
    const failed = this.findFailed(chatId, clientMessageId);
    if (failed) await this.personal()?.outbox.remove(failed.message);
  }

  /** Marks all of a chat that is not there for us any more as failed, for its writer to copy or discard. */
  async failAll(chatId: string, error: ChatRequestError): Promise<void> {
    const waiting = this.of(chatId)().filter(({ status }) => status === 'sending');
    await Promise.all(waiting.map(({ message }) => this.personal()?.outbox.fail(message, error)));
  }

  private ownedBy(userId: string): PersonalOutbox {
    this.claim();
    const present = this.personal();
    if (present?.userId === userId) return present.outbox;
    const outbox = new PersonalOutbox(userId, {
      injector: this.injector,
      view: this.view,
      open: this.open,
      deliver: ({ chat, message, clientMessageId, basedOnSeq }) =>
        this.socket.emitWithAck('send_message', {
          chatId: chat,
          message,
          messageType: 'text',
          clientMessageId,
          ...(basedOnSeq !== undefined && { basedOnSeq }),
        }),
      stored: (message) => this.acknowledged.next(message),
    });
    this.personal.set({ userId, outbox });
    return outbox;
  }

  /** The person has signed out, here or in another tab, or somebody else has signed in. */
  private leave(): void {
    const outbox = this.personal()?.outbox;
    this.personal.set(null);
    // Where a session has ended and somebody else signs in, it waits for its owner to come back.
    const isSignedOut = this.session.user() === null;
    void (isSignedOut ? outbox?.clear() : Promise.resolve())?.finally(() => outbox?.end());
  }

  private findFailed(chatId: string, clientMessageId: string): UnsentMessage | undefined {
    return this.of(chatId)().find(
      ({ status, message }) => status === 'failed' && message.clientMessageId === clientMessageId,
    );
  }
}

/** By the rule of the server, which would be asked in vain. */
function refuseUnfit(text: string): void {
  const fault = findMessageTextFault(text);
  if (fault === null) return;
  const isTooLong = fault !== 'blank';
  const message = isTooLong
    ? `At most ${MESSAGE_CHARACTERS_MAX} characters and ${MESSAGE_BYTES_MAX} bytes.`
    : 'Something must be written.';
  const code = isTooLong ? 'payload_too_large' : 'validation_failed';
  throw new ChatRequestError(code, `message: ${message}`, [{ field: 'message', message }]);
}

function toTryAgain({ message, error }: FailedMessage): LocalMessage {
  // Only an id that belongs to another text is of no more use.
  if (error.code === 'id_reused') return { ...message, clientMessageId: createClientMessageId() };
  if (error.code !== 'stale_reply') return message;
  const { basedOnSeq: _seen, ...whatever } = message;
  return whatever;
}
