import { ChangeDetectionStrategy, Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { EmptyState } from '@elite-chat/chat-ui';
import { injectTranslate } from '@elite-chat/i18n';

/** For an address that names nothing. */
@Component({
  selector: 'chat-not-found-page',
  imports: [EmptyState, MatButton, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main>
      <h1 class="chat-visually-hidden">{{ t('title.notFound') }}</h1>
      <chat-empty-state icon="alert" [heading]="t('notFound.heading')" [text]="t('notFound.text')">
        <a mat-flat-button routerLink="/">{{ t('notFound.home') }}</a>
      </chat-empty-state>
    </main>
  `,
  styles: `
    main {
      display: grid;
      place-items: center;
      min-block-size: 100dvh;
    }
  `,
})
export class NotFoundPage {
  protected readonly t = injectTranslate();
}
