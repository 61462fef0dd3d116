import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { LanguageSwitch } from '../language/language-switch';

/** The frame of the pages before signing in: the product's name and one card. */
@Component({
  selector: 'chat-account-frame',
  imports: [LanguageSwitch],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main>
      <p class="brand"><img src="favicon.svg" alt="" width="32" height="32" /> EliteChat</p>
      <section class="card">
        <h1>{{ heading() }}</h1>
        <p class="intro">{{ intro() }}</p>
        <ng-content />
      </section>
      <chat-language-switch />
    </main>
  `,
  styles: `
    main {
      display: grid;
      justify-items: center;
      align-content: center;
      gap: 24px;
      min-block-size: 100dvh;
      padding: 24px 16px;
      box-sizing: border-box;
    }
    .brand {
      display: flex;
      align-items: center;
      gap: 12px;
      margin: 0;
      font-size: var(--chat-text-20);
      font-weight: 650;
      letter-spacing: -0.01em;
    }
    .card {
      display: grid;
      gap: 4px;
      inline-size: min(100%, 400px);
      padding: 32px;
      box-sizing: border-box;
      border-radius: var(--chat-radius-large);
      background: var(--chat-surface);
      box-shadow: var(--chat-shadow);
    }
    h1 {
      font-size: var(--chat-text-24);
      line-height: 32px;
    }
    .intro {
      margin: 0 0 20px;
      color: var(--chat-text-muted);
    }
    @media (max-width: 600px) {
      main {
        align-content: start;
        padding-block-start: 40px;
      }
      .card {
        padding: 24px 20px;
      }
    }
  `,
})
export class AccountFrame {
  /** The page's heading */
  readonly heading = input.required<string>();

  /** One line below it */
  readonly intro = input.required<string>();
}
