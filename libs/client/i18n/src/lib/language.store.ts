import { computed, DOCUMENT, inject, Injectable, type Signal, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';

import { type Language, LANGUAGES, localeOf, preferredLanguage } from './languages';

const STORAGE_KEY = 'elite-chat.language';

/** The language of every word on the page: chosen here, or the browser's; kept in this browser. */
@Injectable({ providedIn: 'root' })
export class LanguageStore {
  private readonly transloco = inject(TranslocoService);
  private readonly document = inject(DOCUMENT);
  private readonly spoken = signal<Language>(LANGUAGES[0]);

  /** The language that is spoken now; its words are loaded. */
  readonly language: Signal<Language> = this.spoken.asReadonly();

  /** How the reader writes times and numbers in that language (a BCP 47 tag). */
  readonly locale: Signal<string> = computed(() => localeOf(this.spoken(), this.browserLanguages()));

  /** Speaks the kept language, else the browser's; to be awaited before anything is shown. */
  start(): Promise<void> {
    return this.speak(this.kept() ?? preferredLanguage(this.browserLanguages()));
  }

  /** Speaks another language as soon as its words are there, and keeps the choice. Rejects when they can't be loaded. */
  async choose(language: Language): Promise<void> {
    await this.speak(language);
    try {
      this.document.defaultView?.localStorage.setItem(STORAGE_KEY, language);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  private async speak(language: Language): Promise<void> {
    await firstValueFrom(this.transloco.load(language));
    this.transloco.setActiveLang(language);
    this.spoken.set(language);
    this.document.documentElement.lang = language;
  }

  private kept(): Language | undefined {
    try {
      const kept = this.document.defaultView?.localStorage.getItem(STORAGE_KEY);
      return LANGUAGES.find((language) => language === kept);
    } catch {
      return undefined;
    }
  }

  private browserLanguages(): readonly string[] {
    return this.document.defaultView?.navigator.languages ?? [];
  }
}
