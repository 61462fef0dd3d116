import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  model,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import {
  countBytes,
  countCharacters,
  findMessageTextFault,
  MESSAGE_BYTES_MAX,
  MESSAGE_CHARACTERS_MAX,
} from '@elite-chat/contracts';

import { injectTranslate, LanguageStore } from '@elite-chat/i18n';

import { Icon } from '../icon/icon';

/** The counter appears when no more than this many characters are left. */
export const COUNTER_FROM = 250;

/** A longer text is not counted, in UTF-16 units: that would be felt with every key. */
const COUNTED_LENGTH_MAX = 2 * MESSAGE_BYTES_MAX;

/**
 * Where a message is written. Enter sends and Shift+Enter breaks the line, but never while an input
 * method composes a character. It is never disabled: without a connection what is sent waits.
 */
@Component({
  selector: 'chat-message-composer',
  imports: [CdkTextareaAutosize, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-composer.html',
  styleUrl: './message-composer.scss',
})
export class MessageComposer {
  /** For which thread it is; what was to be sent in one is never sent in another */
  readonly threadId = input('');

  /** What has been written and not sent */
  readonly text = model('');

  /** Whether sending is possible; before the chat is known it is not, and what is sent waits in the field */
  readonly canSend = input(true);

  /** A word about sending that the writer should know; a limit that is near comes first */
  readonly notice = input('');

  /** The text is to be sent; the field is emptied right after it */
  readonly send = output<string>();

  /** Something was written */
  readonly typing = output();

  /** Writing has ended: the field was left or emptied */
  readonly typingStop = output();

  protected readonly t = injectTranslate();
  private readonly locale = inject(LanguageStore).locale;

  protected readonly fault = computed(() => findMessageTextFault(this.text()));

  protected readonly isTooLong = computed(() => this.fault() !== null && this.fault() !== 'blank');

  /** What stands below the field when the limit is near or passed; empty else. */
  protected readonly limitNote = computed(() => this.explainLimit(this.text()));

  /** Sending was asked for before it was possible; another thread begins without. */
  private readonly isSendAwaited = linkedSignal({ source: this.threadId, computation: () => false });

  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  constructor() {
    effect(() => {
      if (this.canSend() && this.isSendAwaited()) untracked(() => this.submit());
    });
  }

  /** Puts the cursor into the field. */
  focus(): void {
    this.field().nativeElement.focus();
  }

  /** Puts a text back into the field, before what has been written there since, and the cursor as well. */
  putBack(text: string): void {
    const since = this.text();
    this.text.set(since.trim() === '' ? text : `${text}\n\n${since}`);
    this.isSendAwaited.set(false);
    this.focus();
  }

  protected onInput(text: string): void {
    this.text.set(text);
    this.isSendAwaited.set(false);
    if (this.fault() === 'blank') this.typingStop.emit();
    else this.typing.emit();
  }

  protected onKeydown(event: KeyboardEvent): void {
    // Safari ends the composition before the key event; 229 is how it tells that the key was part of it.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return;
    event.preventDefault();
    this.submit();
  }

  protected onSubmit(event: Event): void {
    event.preventDefault();
    this.submit();
    this.focus();
  }

  private submit(): void {
    const text = this.text();
    this.isSendAwaited.set(!this.fault() && !this.canSend());
    if (this.fault()) return;
    if (!this.canSend()) return;
    this.send.emit(text);
    this.text.set('');
    this.typingStop.emit();
  }

  private explainLimit(text: string): string {
    const isTooLong = this.isTooLong();
    // Characters as people see them are never more than UTF-16 units, and cost more to count.
    if (text.length < MESSAGE_CHARACTERS_MAX - COUNTER_FROM && !isTooLong) return '';
    if (text.length > COUNTED_LENGTH_MAX) {
      return this.t('composer.muchTooLong', { limit: MESSAGE_CHARACTERS_MAX.toLocaleString(this.locale()) });
    }
    const left = MESSAGE_CHARACTERS_MAX - countCharacters(text);
    if (left < 0) return this.t.count('composer.tooLong', -left);
    if (isTooLong) return this.t.count('composer.tooManyBytes', countBytes(text) - MESSAGE_BYTES_MAX);
    return left > COUNTER_FROM ? '' : this.t.count('composer.left', left);
  }
}
