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
import { ChatStore, CustomerPresenceStore } from '@elite-chat/chat-data-access';
import { SessionStore } from '@elite-chat/session';
import { ChatThread } from '@elite-chat/chat-thread';
import { Avatar, Icon, PresenceMark } from '@elite-chat/chat-ui';
import { explainFailure, injectTranslate } from '@elite-chat/i18n';

import { ChatDetails } from './chat-details';

/** One customer's chat as an admin reads and answers it, with its details beside it. */
@Component({
  selector: 'chat-admin-thread',
  imports: [Avatar, ChatDetails, ChatThread, Icon, PresenceMark, RouterLink],
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
  protected readonly assignFailure = computed(() => {
    const error = this.store.assignError();
    return error ? this.t('details.takeFailed', { reason: explainFailure(error, this.t) }) : '';
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
}
