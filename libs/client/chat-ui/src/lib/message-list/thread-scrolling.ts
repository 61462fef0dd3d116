import { signal } from '@angular/core';

import type { Arrivals } from '../thread/arrivals';
import { EndFollower } from '../thread/end-follower';
import type { Drawn } from './drawn-lines';
import { type ThreadElements, ThreadViewport } from './thread-viewport';

/** More messages are asked for when the reader is this close to where those that are loaded end, in CSS pixels. */
const MORE_DISTANCE_PX = 600;

/** Where a thread stands in its box: either follows its end ({@link EndFollower}) or keeps the reader's place. */
export class ThreadScrolling {
  private readonly follower = new EndFollower();
  private readonly viewport = new ThreadViewport();
  private readonly away = signal(false);
  private readonly missed = signal(0);
  private box: HTMLElement | null = null;

  /** Whether the reader is further up than what is followed. */
  readonly isAway = this.away.asReadonly();

  /** How many messages of others came at the end meanwhile. */
  readonly missedCount = this.missed.asReadonly();

  /** Which lines are to be drawn. */
  get drawn(): Drawn {
    return this.viewport.drawn;
  }

  /** Whether what is read is close to the beginning of the lines. */
  get isNearBeginning(): boolean {
    return this.viewport.distanceToBeginning < MORE_DISTANCE_PX;
  }

  /** Whether what is read is close to the end of the lines. */
  get isNearEnd(): boolean {
    return this.viewport.distanceToEnd < MORE_DISTANCE_PX;
  }

  attach(elements: ThreadElements): void {
    this.box = elements.box;
    this.viewport.attach(elements);
  }

  /** Takes the lines before they are drawn, and says which of them are to be drawn. */
  use(keys: readonly string[]): Drawn {
    const isKept = this.viewport.use(keys, this.follower.isFollowing);
    if (!isKept) this.follower.goneToEnd();
    return this.drawn;
  }

  /** Another thread is shown: it begins at its end. */
  beginAtEnd(): void {
    this.follower.goneToEnd();
  }

  /** After drawing. Lines that are only drawn as the reader scrolls are no reason to go on to the end. */
  settle(arrivals: Arrivals, hasChanged: boolean): void {
    const isFollowing = this.follower.added({ own: arrivals.own, others: arrivals.others.length });
    if (isFollowing && (hasChanged || this.viewport.isAtEnd)) this.viewport.keepEnd();
    else this.viewport.keepPosition();
    this.report();
  }

  /** The reader has scrolled. `isWholeEnd`: after the lines come no others. */
  scrolled(isWholeEnd: boolean): void {
    if (!this.box) return;
    this.viewport.scrolled();
    this.follower.moved(this.box, isWholeEnd);
    this.report();
  }

  /** The box or what is in it has another size. */
  resized(): void {
    if (this.follower.isFollowing) this.viewport.keepEnd();
    else this.viewport.keepPosition();
    this.report();
  }

  /** Shows the last line and follows from there; only follows where others come after it, which are not loaded. */
  goToEnd(isWholeEnd: boolean): void {
    this.follower.goneToEnd();
    if (isWholeEnd) this.viewport.keepEnd();
    this.report();
  }

  /** Shows the first line. */
  goToBeginning(isWholeEnd: boolean): void {
    if (!this.box) return;
    this.box.scrollTop = 0;
    this.scrolled(isWholeEnd);
  }

  private report(): void {
    this.away.set(!this.follower.isFollowing);
    this.missed.set(this.follower.missedCount);
  }
}
