import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  ElementRef,
  inject,
  input,
  output,
  type OutputEmitterRef,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Avatar, Icon } from '@elite-chat/chat-ui';
import type { ChatDto } from '@elite-chat/contracts';
import { formatDate, formatFullTime, injectTranslate, LanguageStore } from '@elite-chat/i18n';

/** What is known of a chat and its customer, and who answers. */
@Component({
  selector: 'chat-details',
  imports: [Avatar, Icon, MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-details.html',
  styleUrl: './chat-details.scss',
  host: { role: 'complementary', '[attr.aria-label]': "t('details.label')" },
})
export class ChatDetails {
  /** The chat */
  readonly chat = input.required<ChatDto>();

  /** The reader's id, who is "You" as an assignee */
  readonly readerId = input<string | null>(null);

  /** Whether something is being done to the chat */
  readonly isBusy = input(false);

  /** Why assigning failed, in words; empty: it did not */
  readonly failure = input('');

  /** Assign the chat to the reader */
  readonly take = output();

  /** Let nobody be assigned */
  readonly unassign = output();

  /** Put the details away */
  readonly dismiss = output();

  protected readonly t = injectTranslate();
  private readonly locale = inject(LanguageStore).locale;
  private readonly document = inject(DOCUMENT);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private mustKeepFocus = false;

  private readonly adminId = computed(() => this.chat().admin?.id ?? null);
  protected readonly isOwn = computed(() => this.adminId() === this.readerId());
  protected readonly assignee = computed(() => {
    const { admin } = this.chat();
    if (!admin) return this.t('details.nobody');
    return this.isOwn() ? this.t('details.you') : admin.name;
  });
  protected readonly since = computed(() => formatDate(new Date(this.chat().createdAt), this.locale()));
  protected readonly lastMessageTime = computed(() => {
    const { lastMessageTime } = this.chat();
    return lastMessageTime && formatFullTime(new Date(lastMessageTime), this.locale());
  });

  constructor() {
    afterRenderEffect(() => {
      this.adminId();
      this.keepFocus();
    });
  }

  protected passOn(act: OutputEmitterRef<void>): void {
    this.mustKeepFocus = true;
    act.emit();
  }

  /** What was pressed goes away with what it has done: the focus goes to what can be done now. */
  private keepFocus(): void {
    const isLost = this.mustKeepFocus && this.document.activeElement === this.document.body;
    this.mustKeepFocus = false;
    if (isLost) this.element.nativeElement.querySelector<HTMLButtonElement>('.acts button')?.focus();
  }
}
