import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  model,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import type { ChatSide } from '@elite-chat/contracts';
import { explainFailure, type Failure, injectTranslate } from '@elite-chat/i18n';

import { MessageComposer } from '../composer/message-composer';
import { EmptyState } from '../empty-state/empty-state';
import { MessageList } from '../message-list/message-list';
import type { DisplayedMessage } from '../thread/displayed-message';
import { type ThreadEdge, WHOLE_EDGE } from '../thread/thread-edge';
import { TypingIndicator } from '../typing/typing-indicator';

/**
 * A whole conversation: its thread in every state, who is writing, and the composer. What is marked
 * `chatConversationNote` stands between them.
 */
@Component({
  selector: 'chat-conversation',
  imports: [EmptyState, MessageComposer, MessageList, TypingIndicator],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './conversation.html',
  styleUrl: './conversation.scss',
  host: { tabindex: '-1' },
})
export class Conversation {
  /** Which thread it is; another one begins at its end */
  readonly threadId = input.required<string>();

  /** How loading the thread stands */
  readonly status = input.required<'idle' | 'loading' | 'ready' | 'failed'>();

  /** Why loading failed */
  readonly error = input<Failure | null>(null);

  /** The messages, in the order in which they are shown */
  readonly messages = input.required<readonly DisplayedMessage[]>();

  /** The reader's side */
  readonly side = input.required<ChatSide>();

  /** The reader's id */
  readonly readerId = input<string | null>(null);

  /** The number up to which the other side has read */
  readonly readSeq = input(0);

  /** The number after which messages were new when the thread was opened; null: none were */
  readonly unreadAfter = input<number | null>(null);

  /** How it stands before the first message */
  readonly older = input<ThreadEdge>(WHOLE_EDGE);

  /** How it stands after the last message */
  readonly newer = input<ThreadEdge>(WHOLE_EDGE);

  /** Names of those who are writing */
  readonly typingNames = input<readonly string[]>([]);

  /** What a thread without messages says: a heading, and what to do */
  readonly emptyHeading = input.required<string>();
  readonly emptyText = input('');

  /** Whether no more messages can wait to be sent */
  readonly isOutboxFull = input(false);

  /** Whether messages that wait are lost with the page */
  readonly isOutboxVolatile = input(false);

  /** Why the last text was not taken to be sent */
  readonly refusal = input<Failure | null>(null);

  /** What has been written and not sent */
  readonly draft = model('');

  readonly send = output<string>();
  readonly typing = output();
  readonly typingStop = output();
  readonly retry = output<DisplayedMessage>();
  readonly discard = output<DisplayedMessage>();
  readonly olderWanted = output();
  readonly newerWanted = output();
  readonly endWanted = output();
  readonly atEndChange = output<boolean>();

  /** Try to load the thread again */
  readonly reload = output();

  protected readonly t = injectTranslate();

  protected readonly failure = computed(() => {
    const error = this.error();
    return error ? explainFailure(error, this.t) : '';
  });

  /** Nothing will bring back what does not exist, or is not the reader's to see. */
  protected readonly isGone = computed(() => {
    const code = this.status() === 'failed' ? this.error()?.code : undefined;
    return code === 'not_found' || code === 'forbidden';
  });

  /** Nothing is written to a chat that is gone, but what has been written before is shown until its writer leaves. */
  protected readonly hasField = linkedSignal({
    source: this.isGone,
    computation: (isGone) => !isGone || untracked(this.draft) !== '',
  });
  protected readonly canSend = computed(
    () => !this.isGone() && !this.isOutboxFull() && (this.status() === 'ready' || this.messages().length > 0),
  );
  protected readonly notice = computed(() => {
    if (this.isGone()) return this.t('conversation.goneDraft');
    const refusal = this.refusal();
    if (refusal) return explainFailure(refusal, this.t);
    if (this.isOutboxFull()) return this.t('outbox.full');
    return this.isOutboxVolatile() ? this.t('outbox.volatile') : '';
  });

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly composer = viewChild(MessageComposer);

  /** Puts the cursor where a message is written. */
  focus(): void {
    this.composer()?.focus();
  }

  /** Puts a text that was not taken back into its field, before what has been written since. */
  putBack(text: string): void {
    this.composer()?.putBack(text);
  }

  /** The text goes back to where it was written, and only then its unsent message goes. */
  protected onEdit(entry: DisplayedMessage): void {
    this.putBack(entry.message.message);
    this.discard.emit(entry);
  }

  /** The button that was pressed goes away: the focus stays in the conversation. */
  protected onReload(): void {
    this.element.nativeElement.focus();
    this.reload.emit();
  }
}
