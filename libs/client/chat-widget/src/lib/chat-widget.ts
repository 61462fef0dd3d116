import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  model,
  viewChild,
} from '@angular/core';
import { CustomerChatsStore } from '@elite-chat/chat-data-access';
import { Icon, UnreadBadge } from '@elite-chat/chat-ui';

import { ChatPanel } from './chat-panel';

/** The customer's chat: a floating button in the corner and the panel that it opens. */
@Component({
  selector: 'chat-widget',
  imports: [ChatPanel, Icon, UnreadBadge],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-widget.html',
  styleUrl: './chat-widget.scss',
  host: { role: 'complementary', 'aria-label': 'Support chat' },
})
export class ChatWidget {
  /** Which of the customer's chats the panel shows; null: the active one */
  readonly chatId = input<string | null>(null);

  /** Whether the panel is open */
  readonly open = model(false);

  /** What has been written and not sent; closing the panel keeps it. */
  protected readonly draft = linkedSignal({ source: this.chatId, computation: () => '' });

  protected readonly unreadCount = inject(CustomerChatsStore).unreadCount;

  private readonly injector = inject(Injector);
  private readonly launcher = viewChild.required<ElementRef<HTMLButtonElement>>('launcher');

  protected toggle(): void {
    if (this.open()) this.close();
    else this.open.set(true);
  }

  /** Closes the panel and gives the focus back to what opens it. */
  protected close(): void {
    this.open.set(false);
    afterNextRender({ write: () => this.launcher().nativeElement.focus() }, { injector: this.injector });
  }
}
