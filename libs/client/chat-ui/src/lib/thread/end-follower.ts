/** A reader this close to the end, in CSS pixels, is taken along when something is added. */
export const FOLLOW_DISTANCE_PX = 128;

/** Where a scrolling box stands. */
export interface ScrollPosition {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/**
 * Decides whether a thread goes on to its end: only when the reader was near it, or has written
 * themselves. Someone who reads further up is never pulled away; what came meanwhile is counted.
 */
export class EndFollower {
  private following = true;
  private missed = 0;

  /** Whether the end is followed at present. */
  get isFollowing(): boolean {
    return this.following;
  }

  /** How many messages of others came at the end while the reader was further up. */
  get missedCount(): number {
    return this.missed;
  }

  /** The reader has scrolled. `isWholeEnd`: what the box ends with is the end of the thread, and not of a part of it. */
  moved(position: ScrollPosition, isWholeEnd = true): void {
    this.following = isWholeEnd && distanceToEnd(position) <= FOLLOW_DISTANCE_PX;
    if (this.following) this.missed = 0;
  }

  /** Messages came at the end. Answers whether to go there. */
  added(messages: { readonly own: number; readonly others: number }): boolean {
    if (messages.own > 0) this.goneToEnd();
    else if (!this.following) this.missed += messages.others;
    return this.following;
  }

  /** The reader asked for the end, or another thread begins. */
  goneToEnd(): void {
    this.following = true;
    this.missed = 0;
  }
}

function distanceToEnd({ scrollTop, scrollHeight, clientHeight }: ScrollPosition): number {
  return scrollHeight - scrollTop - clientHeight;
}
