import { booleanAttribute, ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Presence } from '@elite-chat/contracts';
import { injectTranslate, type MessageKey } from '@elite-chat/i18n';

const WORDS: Record<Presence, MessageKey> = {
  online: 'presence.online',
  idle: 'presence.idle',
  gone: 'presence.gone',
};

/** Whether somebody is there: a dot whose shape tells it as well as its colour, and the words for it. */
@Component({
  selector: 'chat-presence-mark',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="dot" aria-hidden="true"></span>
    <span [class.chat-visually-hidden]="!hasWords()">{{ text() }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      align-items: center;
      gap: 6px;
    }
    .dot {
      inline-size: 10px;
      block-size: 10px;
      box-sizing: border-box;
      border: 2px solid var(--chat-text-muted);
      border-radius: 50%;
    }
    :host(.online) .dot {
      border-color: var(--chat-success);
      background: var(--chat-success);
    }
    :host(.idle) .dot {
      border-color: var(--chat-success);
    }
  `,
  host: { '[class]': 'presence()' },
})
export class PresenceMark {
  /** Whether they are there */
  readonly presence = input.required<Presence>();

  /** What is said of it; default: the state's own word */
  readonly words = input<string>();

  /** Whether the words are shown beside the dot; they are read out in any case */
  readonly hasWords = input(false, { transform: booleanAttribute });

  protected readonly t = injectTranslate();
  protected readonly text = computed(() => this.words() ?? this.t(WORDS[this.presence()]));
}
