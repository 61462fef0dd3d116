/** Height of a line before any was measured, in CSS pixels: a message of one line. */
const FIRST_ESTIMATE_PX = 44;

/** So many measured heights are remembered; then those of lines that are not loaded any more go. */
const REMEMBERED_MAX = 10_000;

/** The heights of a thread's lines, above each other: measured where they were drawn, estimated where not. */
export class LineHeights {
  private readonly measured = new Map<string, number>();
  private measuredSum = 0;
  private keys: readonly string[] = [];
  private indexes: ReadonlyMap<string, number> = new Map();
  /** Where each line begins, and at last where they end. */
  private tops: readonly number[] = [0];

  /** How many lines there are. */
  get count(): number {
    return this.keys.length;
  }

  /** The height of all lines. */
  get total(): number {
    return this.top(this.count);
  }

  /** Takes the lines, by their keys, in the order in which they stand. */
  use(keys: readonly string[]): void {
    this.keys = keys;
    this.indexes = new Map(keys.map((key, index) => [key, index]));
    if (this.measured.size > REMEMBERED_MAX) this.forgetOthers();
    this.layOut();
  }

  /** Takes heights as they were measured. */
  measure(heights: Iterable<readonly [key: string, height: number]>): void {
    let hasChanged = false;
    for (const [key, height] of heights) {
      const known = this.measured.get(key);
      if (known === height) continue;
      this.measured.set(key, height);
      this.measuredSum += height - (known ?? 0);
      hasChanged = true;
    }
    if (hasChanged) this.layOut();
  }

  /** Where a line begins below the first one; where all end, for a number beyond the last. */
  top(index: number): number {
    return this.tops[Math.max(0, Math.min(index, this.count))] ?? 0;
  }

  /** The line at a height below the first one's top; the first or last for what lies beyond. */
  indexAt(height: number): number {
    let [low, high] = [0, Math.max(0, this.count - 1)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.top(middle) <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Which line has a key; undefined when there is none. */
  indexOf(key: string): number | undefined {
    return this.indexes.get(key);
  }

  keyAt(index: number): string | undefined {
    return this.keys[index];
  }

  private layOut(): void {
    const estimate = this.measured.size > 0 ? this.measuredSum / this.measured.size : FIRST_ESTIMATE_PX;
    const tops = [0];
    let top = 0;
    for (const key of this.keys) tops.push((top += this.measured.get(key) ?? estimate));
    this.tops = tops;
  }

  private forgetOthers(): void {
    for (const [key, height] of this.measured) {
      if (this.indexes.has(key)) continue;
      this.measured.delete(key);
      this.measuredSum -= height;
    }
  }
}
