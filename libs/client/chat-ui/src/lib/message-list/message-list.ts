import {
  afterNextRender,
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  type OutputEmitterRef,
  untracked,
  viewChild,
} from '@angular/core';
import type { ChatSide } from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';

import { Icon } from '../icon/icon';
import { type Arrivals, arrivalsSince, NOTHING_NEW, type ShownThread } from '../thread/arrivals';
import type { DisplayedMessage } from '../thread/displayed-message';
import { canAskForMore, type ThreadEdge, WHOLE_EDGE } from '../thread/thread-edge';
import { layOutThread, type ThreadItem } from '../thread/thread-items';
import { injectCurrentTime } from '../time/current-time';
import type { Drawn } from './drawn-lines';
import { EdgeNote } from './edge-note';
import { listenToScrolling } from './listen-to-scrolling';
import { SpokenArrivals } from './spoken-arrivals';
import { ThreadLine } from './thread-line';
import { ThreadScrolling } from './thread-scrolling';

/**
 * The thread of one chat. Draws the lines around what is in view and leaves the rest to
 * {@link ThreadScrolling}.
 */
@Component({
  selector: 'chat-message-list',
  imports: [EdgeNote, Icon, SpokenArrivals, ThreadLine],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-list.html',
  styleUrl: './message-list.scss',
})
export class MessageList {
  /** Which thread it is; another one begins at its end */
  readonly threadId = input.required<string>();

  /** The messages, in the order in which they are shown */
  readonly messages = input.required<readonly DisplayedMessage[]>();

  /** The reader's side: its messages stand at the right */
  readonly side = input.required<ChatSide>();

  /** The reader's id: their own messages carry no name, and are always followed */
  readonly readerId = input<string | null>(null);

  /** The number up to which the other side has read */
  readonly readSeq = input(0);

  /** A "new messages" line stands before the first message of the other side after this number; null: none */
  readonly unreadAfter = input<number | null>(null);

  /** How it stands before the first message */
  readonly older = input<ThreadEdge>(WHOLE_EDGE);

  /** How it stands after the last message: where more come, the end is elsewhere */
  readonly newer = input<ThreadEdge>(WHOLE_EDGE);

  /** The reader comes near the beginning of what is loaded */
  readonly olderWanted = output();

  /** The reader comes near the end of what is loaded, which is not that of the thread */
  readonly newerWanted = output();

  /** The reader wants to see the end of the thread, which is not loaded */
  readonly endWanted = output();

  /** Whether the reader sees the end */
  readonly atEndChange = output<boolean>();

  /** Send this message again */
  readonly retry = output<DisplayedMessage>();

  /** Write this unsent message differently */
  readonly edit = output<DisplayedMessage>();

  /** Take this unsent message away */
  readonly discard = output<DisplayedMessage>();

  protected readonly t = injectTranslate();
  protected readonly now = injectCurrentTime();
  protected readonly scrolling = new ThreadScrolling();
  protected readonly isCut = computed(() => this.newer().hasMore);
  protected readonly items = computed(() =>
    layOutThread(this.messages(), { side: this.side(), unreadAfter: this.unreadAfter() }),
  );

  protected readonly arrivals = linkedSignal<ShownThread, Arrivals>({
    source: () => ({ threadId: this.threadId(), messages: this.messages(), isCut: this.isCut() }),
    computation: (shown, previous) => arrivalsSince(previous?.source, shown, untracked(this.readerId)),
  });

  /** Which lines are drawn: chosen anew when the lines change, and as the reader scrolls. */
  private readonly drawn = linkedSignal<readonly ThreadItem[], Drawn>({
    source: this.items,
    computation: (items) => this.scrolling.use(items.map(({ key }) => key)),
    equal: (one, other) => one.start === other.start && one.end === other.end,
  });

  protected readonly drawnItems = computed(() => this.items().slice(this.drawn().start, this.drawn().end));

  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly above = viewChild.required<ElementRef<HTMLElement>>('above');
  private readonly lines = viewChild.required<ElementRef<HTMLElement>>('lines');
  private readonly below = viewChild.required<ElementRef<HTMLElement>>('below');
  private settledThreadId: string | null = null;
  private settledItems: readonly ThreadItem[] | null = null;
  private takenArrivals: Arrivals | null = null;

  constructor() {
    const destroyRef = inject(DestroyRef);

    afterRenderEffect(() => {
      this.drawnItems();
      const threadId = this.threadId();
      this.older();
      this.newer();
      untracked(() => this.settle(threadId));
    });

    afterNextRender(() => {
      destroyRef.onDestroy(
        listenToScrolling(this.scroller().nativeElement, this.lines().nativeElement, {
          scrolled: () => this.after(() => this.scrolling.scrolled(!this.isCut())),
          resized: () => this.after(() => this.scrolling.resized()),
        }),
      );
    });
  }

  /** Goes to the newest message and follows from there. */
  goToEnd(): void {
    this.after(() => this.scrolling.goToEnd(!this.isCut()));
    if (this.isCut()) this.endWanted.emit();
  }

  /** As the button asks that then disappears: the focus stays in the thread. */
  protected onToEnd(): void {
    this.focusThread();
    this.goToEnd();
  }

  /** The keys that go to either end; the browser's own way there would be by lines that are not drawn. */
  protected onKey(event: KeyboardEvent): void {
    if (event.target !== this.scroller().nativeElement || event.altKey || event.shiftKey) return;
    if (event.key === 'End') this.goToEnd();
    else if (event.key === 'Home') this.after(() => this.scrolling.goToBeginning(!this.isCut()));
    else return;
    event.preventDefault();
  }

  /** What was pressed goes away with what it has done: the focus stays in the thread. */
  protected passOn(act: OutputEmitterRef<DisplayedMessage>, item: ThreadItem): void {
    this.focusThread();
    if ('entry' in item) act.emit(item.entry);
  }

  /** As {@link passOn}. */
  protected askAgain(wanted: OutputEmitterRef<void>): void {
    this.focusThread();
    wanted.emit();
  }

  private focusThread(): void {
    this.scroller().nativeElement.focus({ preventScroll: true });
  }

  /** After each rendering: follow the end, or keep what the reader reads where it is. */
  private settle(threadId: string): void {
    this.scrolling.attach({
      box: this.scroller().nativeElement,
      above: this.above().nativeElement,
      lines: this.lines().nativeElement,
      below: this.below().nativeElement,
    });
    const isOther = threadId !== this.settledThreadId;
    if (isOther) this.scrolling.beginAtEnd();
    const hasChanged = isOther || this.items() !== this.settledItems;
    const arrivals = this.arrivals() === this.takenArrivals ? NOTHING_NEW : this.arrivals();
    this.settledThreadId = threadId;
    this.settledItems = this.items();
    this.takenArrivals = this.arrivals();
    this.after(() => this.scrolling.settle(arrivals, hasChanged));
  }

  /** What follows from another place in the thread: other lines are drawn, more are asked for. */
  private after(move: () => void): void {
    move();
    this.draw(this.scrolling.drawn);
    this.atEndChange.emit(!this.scrolling.isAway() && !this.isCut());
    const { isNearBeginning, isNearEnd } = this.scrolling;
    if (isNearBeginning && canAskForMore(this.older())) this.olderWanted.emit();
    else if (isNearEnd && canAskForMore(this.newer())) this.newerWanted.emit();
  }

  private draw(drawn: Drawn): void {
    // What has the focus may go: the keyboard would be nowhere.
    const focused = this.lines().nativeElement.querySelector(':focus')?.closest<HTMLElement>('[data-key]');
    const index = focused ? this.items().findIndex(({ key }) => key === focused.dataset['key']) : -1;
    if (focused && (index < drawn.start || index >= drawn.end)) this.focusThread();
    this.drawn.set(drawn);
  }
}
