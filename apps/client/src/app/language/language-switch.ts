import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { injectTranslate, type Language, LANGUAGE_NAMES, LANGUAGES, LanguageStore } from '@elite-chat/i18n';

/** The languages to choose from, each by its own name, for pages without a menu. */
@Component({
  selector: 'chat-language-switch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (language of languages; track language) {
      <button
        type="button"
        [lang]="language"
        [attr.aria-pressed]="language === store.language()"
        (click)="choose(language)"
      >
        {{ names[language] }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      gap: 4px;
    }
    button {
      min-block-size: 36px;
      padding-inline: 12px;
      border: 0;
      border-radius: 18px;
      background: none;
      color: var(--chat-text-muted);
      font: inherit;
      font-size: var(--chat-text-13);
      cursor: pointer;
    }
    button:hover {
      background: var(--chat-tone);
    }
    button[aria-pressed='true'] {
      color: var(--chat-text);
      font-weight: 600;
    }
    button:focus-visible {
      outline: 2px solid var(--chat-accent);
    }
  `,
  host: { role: 'group', '[attr.aria-label]': "t('shell.language')" },
})
export class LanguageSwitch {
  protected readonly t = injectTranslate();
  protected readonly store = inject(LanguageStore);
  protected readonly languages = LANGUAGES;
  protected readonly names = LANGUAGE_NAMES;

  protected choose(language: Language): void {
    // Without its words the page stays as it is: the button does not move.
    this.store.choose(language).catch(() => undefined);
  }
}
