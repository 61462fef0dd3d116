import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  Injector,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { type ChatAct, ChatStore, CustomerPresenceStore } from '@elite-chat/chat-data-access';
import { SessionStore } from '@elite-chat/session';
import { ChatThread } from '@elite-chat/chat-thread';
import { Avatar, ClosedNote, Icon, PresenceMark } from '@elite-chat/chat-ui';
import { explainFailure, injectTranslate, type MessageKey } from '@elite-chat/i18n';

import { ChatDetails } from './chat-details';

const FAILURES: Record<ChatAct, MessageKey> = {
  take: 'details.takeFailed',
  unassign: 'details.unassignFailed',
  close: 'adminThread.closeFailed',
  reopen: 'adminThread.reopenFailed',
};

/** One customer's chat as an admin reads and answers it, with its details beside it. */
@Component({
  selector: 'chat-admin-thread',
  imports: [Avatar, ChatDetails, ChatThread, ClosedNote, Icon, PresenceMark, RouterLink],
  providers: [ChatStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './admin-thread.html',
  styleUrl: './admin-thread.scss',
  host: { '[class.detailed]': 'hasDetails()' },
})
export class AdminThread {
  /** Which chat */
  readonly chatId = input.required<string>();

  protected readonly t = injectTranslate();
  protected readonly store = inject(ChatStore);
  private readonly session = inject(SessionStore);
  private readonly customers = inject(CustomerPresenceStore);
  private readonly injector = inject(Injector);
  private readonly thread = viewChild.required(ChatThread);
  private readonly detailsToggle = viewChild<ElementRef<HTMLButtonElement>>('detailsToggle');

  /** Whether the details are shown; at first where there is room for them beside the thread. */
  protected readonly hasDetails = signal(matchMedia('(min-width: 1200px)').matches);
  protected readonly readerId = computed(() => this.session.user()?.id ?? null);
  protected readonly assignee = computed(() => {
    const chat = this.store.chat();
    if (!chat) return '';
    if (!chat.admin) return this.t('adminThread.unassigned');
    if (chat.admin.id === this.readerId()) return this.t('adminThread.yours');
    return this.t('adminThread.assigned', { name: chat.admin.name });
  });
  /** Whether the customer is there; null while it is not known. */
  protected readonly presence = computed(() => {
    const customer = this.store.chat()?.user.id;
    return customer === undefined ? null : (this.customers.presence().get(customer) ?? null);
  });
  protected readonly isClosed = computed(() => this.store.chat()?.isActive === false);
  /** Why closing or reopening failed: said below the button that asked for it. */
  protected readonly statusFailure = computed(() => this.failureOf(['close', 'reopen']));
  /** Why assigning failed: said among the details, where it was asked for. */
  protected readonly assignFailure = computed(() => this.failureOf(['take', 'unassign']));
  /** The customer's active chat, where it is in the way of reopening this one. */
  protected readonly otherChatId = computed(() => {
    const error = this.statusFailure() === '' ? undefined : this.store.failedAct()?.error;
    return error?.code === 'chat_closed' ? (error.details[0]?.message ?? null) : null;
  });

  /** Puts the details away, and the focus back to what shows them. */
  protected hideDetails(): void {
    this.hasDetails.set(false);
    afterNextRender(
      { write: () => this.detailsToggle()?.nativeElement.focus() },
      { injector: this.injector },
    );
  }

  constructor() {
    effect(() => {
      const customer = this.store.chat()?.user.id;
      untracked(() => this.customers.watch('thread', customer === undefined ? [] : [customer]));
    });
    inject(DestroyRef).onDestroy(() => this.customers.watch('thread', []));
    // Opening a chat means to answer it, except where the on-screen keyboard would cover what is to be read.
    const opening = effect(() => {
      if (this.store.status() !== 'ready') return;
      // Once: what is loaded again later must not take the focus away from where it is.
      opening.destroy();
      if (matchMedia('(pointer: fine)').matches) untracked(() => this.thread().focus());
    });
  }

  private failureOf(acts: readonly ChatAct[]): string {
    const failed = this.store.failedAct();
    if (!failed || !acts.includes(failed.act)) return '';
    const { act, error } = failed;
    // Done meanwhile, by whomever.
    if ((act === 'close' && this.isClosed()) || (act === 'reopen' && !this.isClosed())) return '';
    // The words for a message that could not be sent don't fit: nothing was to be written.
    const reason = error.code === 'chat_closed' ? this.t('closed.otherOpen') : explainFailure(error, this.t);
    return this.t(FAILURES[act], { reason });
  }
}
