import { DOCUMENT, inject, Injectable, type Signal, signal } from '@angular/core';

/** The colours that can be chosen; `system` follows the device. */
export const THEME_CHOICES = ['system', 'light', 'dark'] as const;

/** One of the colours that can be chosen. */
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORAGE_KEY = 'elite-chat.theme';

/** Light, dark, or as the device has it: kept in this browser. */
@Injectable({ providedIn: 'root' })
export class ThemeStore {
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<ThemeChoice>(this.read());

  /** What has been chosen. */
  readonly choice: Signal<ThemeChoice> = this.chosen.asReadonly();

  /** Chooses, applies and keeps it. */
  choose(choice: ThemeChoice): void {
    this.chosen.set(choice);
    this.apply();
    try {
      this.document.defaultView?.localStorage.setItem(STORAGE_KEY, choice);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  /** Puts the choice on the page; the style sheet does the rest. */
  apply(): void {
    this.document.documentElement.dataset['theme'] = this.chosen();
  }

  private read(): ThemeChoice {
    try {
      const kept = this.document.defaultView?.localStorage.getItem(STORAGE_KEY);
      return THEME_CHOICES.find((choice) => choice === kept) ?? 'system';
    } catch {
      return 'system';
    }
  }
}
