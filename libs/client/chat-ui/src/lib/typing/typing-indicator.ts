import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { injectTranslate } from '@elite-chat/i18n';

/** Says who is writing. Keeps its height when nobody is, so that nothing jumps. */
@Component({
  selector: 'chat-typing-indicator',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (text(); as line) {
      <span class="dots" aria-hidden="true"><span></span><span></span><span></span></span>
      <span class="line">{{ line }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 8px;
      block-size: 24px;
      color: var(--chat-text-muted);
      font-size: var(--chat-text-13);
    }
    .line {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .dots {
      display: inline-flex;
      gap: 3px;
    }
    .dots span {
      inline-size: 5px;
      block-size: 5px;
      border-radius: 50%;
      background: currentColor;
      animation: breathe 1.2s infinite ease-in-out;
    }
    .dots span:nth-child(2) {
      animation-delay: 0.15s;
    }
    .dots span:nth-child(3) {
      animation-delay: 0.3s;
    }
    @keyframes breathe {
      0%,
      60%,
      100% {
        opacity: 0.3;
      }
      30% {
        opacity: 1;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .dots span {
        animation: none;
      }
    }
  `,
  host: { role: 'status' },
})
export class TypingIndicator {
  /** Names of those who are writing */
  readonly names = input.required<readonly string[]>();

  private readonly t = injectTranslate();

  protected readonly text = computed(() => {
    const [first, second, ...others] = this.names();
    if (!first) return '';
    if (!second) return this.t('typing.one', { name: first });
    return others.length ? this.t('typing.several') : this.t('typing.two', { first, second });
  });
}
