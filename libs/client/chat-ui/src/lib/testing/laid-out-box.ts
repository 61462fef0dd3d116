/** A box of a thread with what jsdom lacks: heights, places and a scroll position. */
export class LaidOutBox {
  private top = 0;

  /** `heightOf` says how high the line with a key is. */
  constructor(
    readonly element: HTMLElement,
    readonly clientHeight: number,
    private readonly heightOf: (key: string) => number,
  ) {
    Object.defineProperties(element, {
      clientHeight: { get: () => clientHeight },
      scrollHeight: { get: () => this.scrollHeight },
      scrollTop: { get: () => this.scrollTop, set: (value: number) => (this.top = this.cut(value)) },
    });
    const placeOf = (line: HTMLElement) => {
      if (line === element) return new DOMRect(0, 0, 0, clientHeight);
      return new DOMRect(0, -this.scrollTop, 0, this.heightOfLine(line));
    };
    jest.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (
      this: HTMLElement,
    ) {
      return placeOf(this);
    });
  }

  /** The keys of the lines that are drawn. */
  get keys(): string[] {
    return this.lines().map((line) => line.dataset['key'] ?? '');
  }

  get scrollHeight(): number {
    const lines = this.lines().reduce((sum, line) => sum + this.heightOfLine(line), 0);
    return lines + this.spaces().reduce((sum, space) => sum + space, 0);
  }

  /** The scroll position at the end. */
  get end(): number {
    return Math.max(0, this.scrollHeight - this.clientHeight);
  }

  get scrollTop(): number {
    this.top = this.cut(this.top);
    return this.top;
  }

  /** The drawn lines that are in view, with how far below the top of the box they stand. */
  get inView(): ReadonlyMap<string, number> {
    const places = new Map<string, number>();
    let place = (this.spaces()[0] ?? 0) - this.scrollTop;
    for (const line of this.lines()) {
      const height = this.heightOfLine(line);
      if (place + height > 0 && place < this.clientHeight) places.set(line.dataset['key'] ?? '', place);
      place += height;
    }
    return places;
  }

  /** Scrolls as a reader does. */
  scrollTo(top: number): void {
    this.top = this.cut(top);
    this.element.dispatchEvent(new Event('scroll'));
  }

  private cut(top: number): number {
    return Math.max(0, Math.min(top, this.end));
  }

  private lines(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('[data-key]')];
  }

  private heightOfLine({ dataset: { key } }: HTMLElement): number {
    return key === undefined ? 0 : this.heightOf(key);
  }

  /** The heights of the empty spaces above and below the lines. */
  private spaces(): number[] {
    const spaces = this.element.querySelectorAll<HTMLElement>('.space');
    return [...spaces].map((space) => Number.parseFloat(space.style.blockSize || '0'));
  }
}
