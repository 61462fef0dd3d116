/** A line, and how far below the top of the box it stands, in CSS pixels; less than zero when it begins above it. */
export interface ReadingPosition {
  /** Heights and scroll positions of before say nothing after a change: the line's key does */
  readonly key: string;
  readonly offset: number;
}
