import { type Drawn, DrawnLines, type View } from './drawn-lines';
import { LineHeights } from './line-heights';
import type { ReadingPosition } from './reading-position';

/** The elements of a thread: the box that scrolls, and in it the drawn lines between two empty spaces. */
export interface ThreadElements {
  readonly box: HTMLElement;
  readonly above: HTMLElement;
  readonly lines: HTMLElement;
  readonly below: HTMLElement;
}

/** Less than this the browser does not move, in CSS pixels. */
const SMALLEST_MOVE_PX = 0.5;

/** So close to the end, in CSS pixels, the box stands at it: positions are rounded. */
const END_PX = 2;

/** So many lines at the beginning of what is loaded change when others come before them: a day, and a message. */
const UNSTEADY_LINES = 2;

/** Height of the box before it is known. */
const FIRST_BOX_PX = 800;

/**
 * Scrolls a thread of which only some lines are drawn: says which, measures them, and keeps what is read in its
 * place, or the end in view. What it does happens within one frame: nobody sees a line elsewhere meanwhile.
 */
export class ThreadViewport {
  private readonly heights = new LineHeights();
  private readonly drawnLines = new DrawnLines(this.heights);
  private elements: ThreadElements | null = null;
  private position: ReadingPosition | null = null;
  private atEnd = true;
  /** The last known scroll position: a browser cuts its own short while lines are exchanged. */
  private scrollTop = 0;
  /** How far the lines begin below the top of what scrolls. */
  private origin = 0;

  /** Which lines are to be drawn. */
  get drawn(): Drawn {
    return this.drawnLines.drawn;
  }

  /** Whether the end stands at the bottom of the box. */
  get isAtEnd(): boolean {
    return this.atEnd;
  }

  /** From the first line to the top of the box. */
  get distanceToBeginning(): number {
    return this.view().top - this.drawnLines.placeOf(0);
  }

  /** From the bottom of the box to the end of the last line. */
  get distanceToEnd(): number {
    const { top, height } = this.view();
    return this.drawnLines.placeOf(this.heights.count) - top - height;
  }

  /** Takes the elements, once they are there. */
  attach(elements: ThreadElements): void {
    this.elements = elements;
  }

  /**
   * Takes the lines, by their keys, before they are drawn.
   * @returns false when nothing of what is read is among them: the thread was loaded anew
   */
  use(keys: readonly string[], isFollowing: boolean): boolean {
    this.noticeScrolling();
    const places = this.placesInView();
    this.heights.use(keys);
    const kept = places.find(({ key }) => this.heights.indexOf(key) !== undefined);
    const index = kept && this.heights.indexOf(kept.key);
    if (isFollowing || !kept || index === undefined) {
      this.drawnLines.drawEnd(this.view().height);
      return kept !== undefined;
    }
    this.position = { key: kept.key, offset: kept.place - this.view().top };
    this.drawnLines.redrawAround(index, kept.place, this.view());
    return true;
  }

  /** Takes note of where the reader has scrolled. */
  scrolled(): void {
    if (!this.elements) return;
    const { scrollTop, scrollHeight, clientHeight } = this.elements.box;
    this.scrollTop = scrollTop;
    this.atEnd = scrollHeight - scrollTop - clientHeight <= END_PX;
    this.remember();
    this.drawnLines.cover(this.view());
  }

  /** After drawing: the end of the lines comes into view. */
  keepEnd(): void {
    if (!this.elements) return;
    this.measure();
    this.drawnLines.drawEnd(this.view().height);
    this.drawnLines.straighten();
    this.showSpaces();
    this.scrollTo(this.elements.box.scrollHeight);
    this.atEnd = true;
    this.remember();
  }

  /** After drawing: what is read stands where it stood. */
  keepPosition(): void {
    if (!this.elements) return;
    const { scrollTop, scrollHeight, clientHeight } = this.elements.box;
    // At the end it may be the browser that has cut the position short.
    if (scrollHeight - scrollTop - clientHeight > END_PX) this.noticeScrolling();
    this.measure();
    const index = this.position ? this.heights.indexOf(this.position.key) : undefined;
    const wanted = this.view().top + (this.position?.offset ?? 0);
    const moved = index === undefined ? 0 : this.drawnLines.keepAt(index, wanted);
    this.showSpaces();
    this.scrollTo(this.scrollTop + moved);
    this.drawnLines.cover(this.view());
  }

  /** What was scrolled since the last event, which comes with the next frame only: it is not to be undone. */
  private noticeScrolling(): void {
    if (!this.elements) return;
    const { scrollTop } = this.elements.box;
    const { position } = this;
    this.position = position && { ...position, offset: position.offset + this.scrollTop - scrollTop };
    this.scrollTop = scrollTop;
  }

  private view(): View {
    const height = this.elements?.box.clientHeight || FIRST_BOX_PX;
    return { top: this.scrollTop - this.origin, height };
  }

  /** Takes the first line in view for the one that is read. */
  private remember(): void {
    const { top, height } = this.view();
    const { start } = this.drawnLines.drawn;
    const first = this.drawnLines.indexAt(top);
    // Where a line stands that is not drawn yet is a guess.
    const index = first < start && this.drawnLines.placeOf(start) < top + height ? start : first;
    const key = this.heights.keyAt(index);
    this.position = key === undefined ? null : { key, offset: this.drawnLines.placeOf(index) - top };
  }

  /**
   * The lines that are drawn with their places: from the one that is read downwards, then those above it. The first
   * of all looks different when others come before it (a name, a day), so that it is no measure for those below.
   */
  private placesInView(): { key: string; place: number }[] {
    const { start, end } = this.drawnLines.drawn;
    const read = Math.max(
      UNSTEADY_LINES,
      (this.position && this.heights.indexOf(this.position.key)) ?? start,
    );
    const below = range(read, end);
    const above = range(start, read).reverse();
    return [...below, ...above].map((index) => ({
      key: this.heights.keyAt(index) ?? '',
      place: this.drawnLines.placeOf(index),
    }));
  }

  private measure(): void {
    if (!this.elements) return;
    const { box, above, lines } = this.elements;
    this.showSpaces();
    this.origin = above.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    this.heights.measure(
      [...lines.querySelectorAll<HTMLElement>('[data-key]')].map((line): [string, number] => [
        line.dataset['key'] ?? '',
        line.getBoundingClientRect().height,
      ]),
    );
  }

  private showSpaces(): void {
    if (!this.elements) return;
    const { above, below } = this.elements;
    above.style.blockSize = `${Math.max(0, this.drawnLines.spaceAbove)}px`;
    below.style.blockSize = `${Math.max(0, this.drawnLines.spaceBelow)}px`;
  }

  private scrollTo(top: number): void {
    if (!this.elements) return;
    const { box } = this.elements;
    if (Math.abs(box.scrollTop - top) >= SMALLEST_MOVE_PX) box.scrollTop = top;
    this.scrollTop = box.scrollTop;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
