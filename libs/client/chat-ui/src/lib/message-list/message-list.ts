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
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { LiveAnnouncer } from '@angular/cdk/a11y';
import type { ChatSide } from '@elite-chat/contracts';

import { explainFailure, type Failure, formatDay, injectTranslate, LanguageStore } from '@elite-chat/i18n';

import { MessageBubble } from '../bubble/message-bubble';
import { Icon } from '../icon/icon';
import { type Arrivals, countArrivals } from '../thread/arrivals';
import { EndFollower } from '../thread/end-follower';
import { type GroupedMessage, layOutThread } from '../thread/thread-items';
import { explainSystemMessage } from '../text/system-words';
import type { DisplayedMessage } from '../thread/thread-message';
import { injectCurrentTime } from '../time/current-time';
import { ReadingPosition } from './reading-position';

/** Older messages are asked for when the reader is this close to the beginning, in CSS pixels. */
const OLDER_DISTANCE_PX = 240;

/** So many messages that come at once are read out; of more only the number is told. */
const READ_OUT_MAX = 3;

const NOTHING_NEW: Arrivals = { own: 0, others: 0 };

/** The thread of one chat: keeps the reader's place, follows the end as {@link EndFollower} decides. */
@Component({
  selector: 'chat-message-list',
  imports: [Icon, MessageBubble],
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

  /** Whether there are older messages to load */
  readonly hasOlder = input(false);

  /** Whether older messages are on their way */
  readonly isLoadingOlder = input(false);

  /** Why older messages could not be loaded: the reader is asked before the next try */
  readonly olderError = input<Failure | null>(null);

  /** The reader comes near the beginning of what is loaded */
  readonly olderWanted = output();

  /** Whether the reader sees the end */
  readonly atEndChange = output<boolean>();

  /** Send this message again */
  readonly retry = output<DisplayedMessage>();

  /** Take this unsent message away */
  readonly discard = output<DisplayedMessage>();

  protected readonly t = injectTranslate();
  private readonly locale = inject(LanguageStore).locale;
  protected readonly missedCount = signal(0);
  protected readonly isAway = signal(false);
  protected readonly items = computed(() =>
    layOutThread(this.messages(), { side: this.side(), unreadAfter: this.unreadAfter() }),
  );

  protected readonly olderFailure = computed(() => {
    const error = this.olderError();
    return error ? explainFailure(error, this.t) : '';
  });

  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');
  private readonly now = injectCurrentTime();
  private readonly follower = new EndFollower();
  private readonly position = new ReadingPosition();
  private shownThreadId: string | null = null;
  private readonly announcer = inject(LiveAnnouncer);
  private takenArrivals: Arrivals | null = null;

  private readonly arrivals = linkedSignal<readonly DisplayedMessage[], Arrivals>({
    source: this.messages,
    computation: (messages, previous) =>
      countArrivals(previous?.source ?? [], messages, untracked(this.readerId)),
  });

  /** Too much to be read out one by one: as after a reconnection. */
  protected readonly isBurst = computed(() => this.arrivals().others > READ_OUT_MAX);

  constructor() {
    const destroyRef = inject(DestroyRef);

    afterRenderEffect(() => {
      this.items();
      this.hasOlder();
      this.isLoadingOlder();
      this.olderError();
      const threadId = this.threadId();
      untracked(() => this.settle(threadId));
    });

    // A passive listener outside of the template: scrolling alone renders nothing.
    afterNextRender(() => {
      const box = this.scroller().nativeElement;
      const onScroll = () => this.onMoved();
      box.addEventListener('scroll', onScroll, { passive: true });
      const observer = new ResizeObserver(() => this.onResized());
      observer.observe(box);
      observer.observe(this.content().nativeElement);
      destroyRef.onDestroy(() => {
        box.removeEventListener('scroll', onScroll);
        observer.disconnect();
      });
    });
  }

  /** Goes to the newest message and follows from there. */
  goToEnd(): void {
    this.follower.goneToEnd();
    this.scrollToEnd();
    this.report();
  }

  /** As the button asks that then disappears: the focus stays in the thread. */
  protected onToEnd(): void {
    this.goToEnd();
    this.scroller().nativeElement.focus();
  }

  protected dayLabel(day: Date): string {
    return formatDay(day, this.now(), this.locale());
  }

  protected systemLine({ message }: DisplayedMessage): string {
    return explainSystemMessage(message, this.readerId(), this.t);
  }

  protected senderLabel({ entry: { message } }: GroupedMessage): string {
    return message.sender === this.readerId() ? '' : (message.senderName ?? '');
  }

  protected isRead({ entry: { message } }: GroupedMessage): boolean {
    return message.seq !== undefined && message.seq <= this.readSeq();
  }

  /** After each rendering: follow the end, or keep what the reader reads where it is. */
  private settle(threadId: string): void {
    if (threadId !== this.shownThreadId) this.follower.goneToEnd();
    if (this.follower.added(this.takeArrivals())) this.scrollToEnd();
    else this.position.restore(this.scroller().nativeElement);
    this.shownThreadId = threadId;
    this.report();
    this.askForOlder();
  }

  /** What came at the end since the last time. */
  private takeArrivals(): Arrivals {
    const arrivals = this.arrivals();
    if (arrivals === this.takenArrivals) return NOTHING_NEW;
    this.takenArrivals = arrivals;
    if (this.isBurst()) void this.announcer.announce(this.t.count('thread.arrived', arrivals.others));
    return arrivals;
  }

  private onMoved(): void {
    this.follower.moved(this.scroller().nativeElement);
    this.report();
    this.askForOlder();
  }

  private onResized(): void {
    const box = this.scroller().nativeElement;
    if (this.follower.isFollowing) this.scrollToEnd();
    else this.position.restore(box);
    this.position.remember(box);
  }

  private scrollToEnd(): void {
    const box = this.scroller().nativeElement;
    box.scrollTop = box.scrollHeight;
  }

  private report(): void {
    this.position.remember(this.scroller().nativeElement);
    this.missedCount.set(this.follower.missedCount);
    this.isAway.set(!this.follower.isFollowing);
    this.atEndChange.emit(this.follower.isFollowing);
  }

  private askForOlder(): void {
    const box = this.scroller().nativeElement;
    if (this.hasOlder() && !this.isLoadingOlder() && !this.olderError() && box.scrollTop < OLDER_DISTANCE_PX)
      this.olderWanted.emit();
  }
}
