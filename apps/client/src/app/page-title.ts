import { computed, effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { injectTranslate, type MessageKey } from '@elite-chat/i18n';

const PRODUCT = 'EliteChat';

/** Names of pages that a route may have as its title. */
const TITLES: readonly MessageKey[] = [
  'title.signIn',
  'title.register',
  'title.dashboard',
  'title.overview',
  'title.messages',
  'title.team',
  'title.notFound',
];

/**
 * The title of the window: how much is unread, the page's name, the product. A route's `title` is the key of its
 * name, so that it follows the language.
 */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly t = injectTranslate();
  private readonly page = signal<MessageKey | undefined>(undefined);
  private readonly unread = signal(0);
  private readonly text = computed(() => {
    const page = this.page();
    const name = page ? `${this.t(page)} · ${PRODUCT}` : PRODUCT;
    return this.unread() > 0 ? `(${this.unread()}) ${name}` : name;
  });

  constructor() {
    super();
    effect(() => this.title.setTitle(this.text()));
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    const key = this.buildTitle(snapshot);
    this.page.set(TITLES.find((title) => title === key));
  }

  /** Shows how much is unread; 0: nothing. */
  showUnread(count: number): void {
    this.unread.set(count);
  }
}
