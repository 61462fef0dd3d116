import { ChangeDetectionStrategy, Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { EmptyState } from '@elite-chat/chat-ui';

/** For an address that names nothing. */
@Component({
  selector: 'chat-not-found-page',
  imports: [EmptyState, MatButton, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main>
      <h1 class="chat-visually-hidden">Page not found</h1>
      <chat-empty-state
        icon="alert"
        heading="There is no such page"
        text="The address may be mistyped, or the page has moved."
      >
        <a mat-flat-button routerLink="/">Go to the start</a>
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
export class NotFoundPage {}
