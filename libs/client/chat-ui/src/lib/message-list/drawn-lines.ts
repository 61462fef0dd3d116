import type { LineHeights } from './line-heights';

/** So far beyond what is in view lines are drawn, in CSS pixels: a fast hand shall not reach an empty place. */
const DRAW_AHEAD_PX = 1_200;

/** With less than this drawn beyond what is in view it is time to draw more. */
const REDRAW_PX = 500;

/** No more lines than these are drawn, unless more are in view. */
export const DRAWN_LINES_MAX = 180;

/** The space above the drawn lines may differ this much from what it should be before the scroll position moves. */
const SLACK_MAX = 0.5;

/** The part of the lines that is in view: where it begins, below the top of the space above them, and its height. */
export interface View {
  readonly top: number;
  readonly height: number;
}

/** Which lines are drawn: from `start` up to but not with `end`. */
export interface Drawn {
  readonly start: number;
  readonly end: number;
}

/**
 * The few lines of a long thread that are drawn, between two empty spaces that stand for the others. The space
 * above is as high as keeps what is read in its place, so that a wrong estimate moves nothing: it is put right
 * when the first line is drawn, or when it is far off.
 */
export class DrawnLines {
  private current: Drawn = { start: 0, end: 0 };
  private above = 0;

  constructor(private readonly heights: LineHeights) {}

  get drawn(): Drawn {
    return this.current;
  }

  /** Height of the space above the drawn lines. */
  get spaceAbove(): number {
    return this.above;
  }

  /** Height of the space below the drawn lines. */
  get spaceBelow(): number {
    return this.heights.total - this.heights.top(this.current.end);
  }

  /** Where a line stands. */
  placeOf(index: number): number {
    return this.above + this.heights.top(index) - this.heights.top(this.current.start);
  }

  /** The line at a place. */
  indexAt(place: number): number {
    return this.heights.indexAt(place - this.placeOf(0));
  }

  /** Draws what is in view with some more at both ends, where too little of that is drawn. */
  cover(view: View): void {
    const bottom = view.top + view.height;
    const { start, end } = this.current;
    const isAboveDrawn = start === 0 || this.placeOf(start) <= view.top - REDRAW_PX;
    const isBelowDrawn = end >= this.heights.count || this.placeOf(end) >= bottom + REDRAW_PX;
    if (!isAboveDrawn || !isBelowDrawn) this.draw(view);
  }

  /** Draws what is in view with some more at both ends. */
  draw(view: View): void {
    const bottom = view.top + view.height;
    const inView = { start: this.indexAt(view.top), end: this.indexAt(bottom) + 1 };
    const spare = Math.max(0, DRAWN_LINES_MAX - (inView.end - inView.start));
    // What one end doesn't need is for the other one.
    const below = Math.min(this.indexAt(bottom + DRAW_AHEAD_PX) + 1 - inView.end, Math.ceil(spare / 2));
    const above = Math.min(inView.start - this.indexAt(view.top - DRAW_AHEAD_PX), spare - below);
    this.move(inView.start - above, inView.end + below);
  }

  /** Draws the last lines, in a box of that height. */
  drawEnd(height: number): void {
    this.draw({ top: this.placeOf(this.heights.count) - height, height });
  }

  /** Makes the space above what it should be. */
  straighten(): void {
    this.above = this.heights.top(this.current.start);
  }

  /**
   * Chooses the space above so that a line stands at a place.
   * @returns by how much the line stands lower than that, because there is no such space
   */
  keepAt(index: number, place: number): number {
    const { start } = this.current;
    const right = this.heights.top(start);
    this.above = place - (this.heights.top(index) - right);
    if (start > 0 && Math.abs(this.above - right) <= right * SLACK_MAX) return 0;
    this.straighten();
    return this.placeOf(index) - place;
  }

  /** After the lines have changed: the line that was at `place` is `index` now, and lines around it are drawn. */
  redrawAround(index: number, place: number, view: View): void {
    this.current = { start: index, end: index };
    this.above = place;
    this.draw(view);
  }

  private move(start: number, end: number): void {
    const [first, last] = [Math.max(0, start), Math.min(end, this.heights.count)];
    this.above = this.placeOf(first);
    this.current = { start: first, end: last };
  }
}
