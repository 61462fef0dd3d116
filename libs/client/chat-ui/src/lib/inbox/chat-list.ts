import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ChatDto, Presence } from '@elite-chat/contracts';
import { explainFailure, type Failure, formatAge, injectTranslate, LanguageStore } from '@elite-chat/i18n';

import { injectCurrentTime } from '../time/current-time';
import { ChatRow } from './chat-row';
import { type HeldOrder, holdOrder } from './held-order';

/** Height of a row with the gap below it, in CSS pixels: rows of one height can be found without being drawn. */
const ROW_HEIGHT_PX = 66;

/** Older rows are asked for when no more than so many are left below the view. */
const ROWS_AHEAD = 10;

/**
 * The inbox: every customer who has written, as links to their chats. Only rows in view are drawn.
 * While the pointer is over the list or it is scrolled, rows keep their places; a button shows what is new.
 */
@Component({
  selector: 'chat-list',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport, ChatRow, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-list.html',
  styleUrl: './chat-list.scss',
  host: {
    '(pointerenter)': 'onPointer($event)',
    '(pointerleave)': 'isPointed.set(false)',
    '(focusin)': 'isFocused.set(true)',
    '(focusout)': 'isFocused.set(false)',
  },
})
export class ChatList {
  /** The chats, newest activity first */
  readonly chats = input.required<readonly ChatDto[]>();

  /** Those that are not part of the list any more: their rows go once the list is not held */
  readonly leaving = input<ReadonlySet<string>>(new Set());

  /** Which list it is; another one begins at its top */
  readonly listId = input('');

  /** The one that is open */
  readonly selectedId = input<string | null>(null);

  /** The reader's id, who is "You" as an assignee */
  readonly readerId = input<string | null>(null);

  /** The path under which each chat has its page */
  readonly linkPrefix = input.required<string>();

  /** What has been written and not sent, by chat */
  readonly drafts = input<ReadonlyMap<string, string>>(new Map());

  /** The chats in which the customer is writing */
  readonly typing = input<ReadonlySet<string>>(new Set());

  /** Whether customers are there, by their id; those of whom it is known */
  readonly presence = input<ReadonlyMap<string, Presence>>(new Map());

  /** Whether there are older chats to load */
  readonly hasMore = input(false);

  /** Whether older chats are on their way */
  readonly isLoadingMore = input(false);

  /** Why older chats could not be loaded: the reader is asked before the next try */
  readonly moreError = input<Failure | null>(null);

  /** The reader comes near the end of what is loaded */
  readonly moreWanted = output();

  /** The ids of the chats whose rows are in view */
  readonly viewChange = output<readonly string[]>();

  protected readonly t = injectTranslate();
  protected readonly rowHeight = ROW_HEIGHT_PX;
  protected readonly isPointed = signal(false);
  /** A row that moves would lose the focus. */
  protected readonly isFocused = signal(false);
  private readonly isScrolled = signal(false);
  private readonly locale = inject(LanguageStore).locale;
  private readonly now = injectCurrentTime();
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);
  private lastDrawn = 0;
  private reported = '';

  private readonly order = linkedSignal({
    source: () => ({
      ids: this.chats().map(({ id }) => id),
      leaving: this.leaving(),
      isHeld: this.isPointed() || this.isFocused() || this.isScrolled(),
      listId: this.listId(),
    }),
    computation: (
      { ids, leaving, isHeld, listId },
      previous?: { source: { listId: string }; value: HeldOrder },
    ) => {
      if (!isHeld || previous?.source.listId !== listId) {
        return { ids: ids.filter((id) => !leaving.has(id)), moved: 0 };
      }
      // A row that is shown stays: those below would come up under the pointer, or the focus would be lost.
      const shown = new Set(previous.value.ids);
      const wanted = ids.filter((id) => !leaving.has(id) || shown.has(id));
      return holdOrder(previous.value.ids, wanted);
    },
  });

  protected readonly movedCount = computed(() => this.order().moved);
  protected readonly moreFailure = computed(() => {
    const error = this.moreError();
    return error ? explainFailure(error, this.t) : '';
  });
  protected readonly rows = computed(() => {
    const chats = new Map(this.chats().map((chat) => [chat.id, chat]));
    return this.order().ids.flatMap((id) => {
      const chat = chats.get(id);
      return chat ? [this.rowOf(chat)] : [];
    });
  });

  constructor() {
    afterRenderEffect(() => {
      this.listId();
      untracked(() => this.viewport().scrollToIndex(0));
    });
    afterRenderEffect(() => {
      this.rows();
      this.hasMore();
      this.isLoadingMore();
      untracked(() => {
        this.reportView();
        this.askForMore();
      });
    });
  }

  protected trackRow(_index: number, { id }: { id: string }): string {
    return id;
  }

  /** A finger rests on nothing: only what hovers holds the rows. */
  protected onPointer({ pointerType }: PointerEvent): void {
    this.isPointed.set(pointerType === 'mouse');
  }

  protected onScrolled(): void {
    this.isScrolled.set(this.viewport().measureScrollOffset('top') > ROW_HEIGHT_PX / 2);
    this.reportView();
    this.askForMore();
  }

  /** Takes the rows to their places, and the reader to the top. */
  protected showNew(): void {
    this.isPointed.set(false);
    this.isFocused.set(false);
    this.isScrolled.set(false);
    this.viewport().scrollToIndex(0);
  }

  private reportView(): void {
    const { end } = this.viewport().getRenderedRange();
    const first = Math.floor(this.viewport().measureScrollOffset('top') / ROW_HEIGHT_PX);
    const inView = Math.ceil(this.viewport().getViewportSize() / ROW_HEIGHT_PX) + 1;
    this.lastDrawn = end;
    const ids = this.order().ids.slice(first, first + inView);
    if (ids.join() === this.reported) return;
    this.reported = ids.join();
    this.viewChange.emit(ids);
  }

  private askForMore(): void {
    const isNearEnd = this.lastDrawn >= this.rows().length - ROWS_AHEAD;
    if (isNearEnd && this.hasMore() && !this.isLoadingMore() && !this.moreError()) this.moreWanted.emit();
  }

  private rowOf(chat: ChatDto) {
    return {
      id: chat.id,
      name: chat.user.name,
      preview: this.previewOf(chat),
      age: chat.lastMessageTime ? formatAge(new Date(chat.lastMessageTime), this.now(), this.locale()) : '',
      note: this.assigneeNote(chat),
      isClosed: !chat.isActive,
      unread: chat.unreadCount.admin,
      isLively: this.typing().has(chat.id),
      presence: this.presence().get(chat.user.id) ?? null,
    };
  }

  /** Who is writing comes first, then what the reader has begun, then the newest message. */
  private previewOf({ id, lastMessage, lastSender }: ChatDto): string {
    if (this.typing().has(id)) return this.t('inbox.preview.typing');
    const draft = id === this.selectedId() ? undefined : this.drafts().get(id);
    if (draft) return this.t('inbox.preview.draft', { text: draft });
    if (lastMessage === null) return this.t('inbox.noMessages');
    if (lastSender?.role !== 'admin') return lastMessage;
    return lastSender.id === this.readerId()
      ? this.t('inbox.preview.yours', { text: lastMessage })
      : this.t('inbox.preview.of', { name: lastSender.name, text: lastMessage });
  }

  private assigneeNote({ admin, isActive }: ChatDto): string {
    if (!isActive) return this.t('inbox.closed');
    if (!admin) return this.t('inbox.unassigned');
    return admin.id === this.readerId() ? this.t('inbox.yours') : admin.name;
  }
}
