import { computed, type Signal, signal } from '@angular/core';
import type { FormGroup } from '@angular/forms';
import { ChatRequestError } from '@elite-chat/session';

import { explainFailure, injectTranslate, type Translate } from '@elite-chat/i18n';

/** What a person reads about a refusal. */
export type FailureWords = (error: ChatRequestError, t: Translate) => string;

/** Sends a form: one try at a time, with the server's answer at the field that it is about. To be made where things are injected. */
export class Submission {
  private readonly t = injectTranslate();
  private readonly pending = signal(false);
  private readonly failed = signal<ChatRequestError | null>(null);

  /** Whether a try is under way. */
  readonly isPending: Signal<boolean> = this.pending.asReadonly();

  /** What a person reads about the last try; empty when it is under way, or said at a field. */
  readonly failure = computed(() => {
    const error = this.failed();
    return error ? this.words(error, this.t) : '';
  });

  /** @param words for refusals of this form; default: those that fit everywhere */
  constructor(private readonly words: FailureWords = explainFailure) {}

  /** Runs `act` if the form is filled in; else shows what is missing and goes to the first such field. */
  async run(form: FormGroup, element: HTMLElement, act: () => Promise<void>): Promise<void> {
    if (this.pending()) return;
    this.failed.set(null);
    if (form.invalid) {
      form.markAllAsTouched();
      element.querySelector<HTMLElement>('input.ng-invalid')?.focus();
      return;
    }
    this.pending.set(true);
    try {
      await act();
    } catch (fault) {
      const error = ChatRequestError.from(fault);
      if (!showAtFields(form, error, this.words(error, this.t))) this.failed.set(error);
    } finally {
      this.pending.set(false);
    }
  }
}

/** Says it at each field that the server names; false when it names another, so that it is said for the whole form. */
function showAtFields(form: FormGroup, { details }: ChatRequestError, refused: string): boolean {
  for (const { field } of details) form.get(field)?.setErrors({ refused });
  return details.length > 0 && details.every(({ field }) => form.get(field) !== null);
}
