/**
 * Keeps what a reader reads where it is while older messages appear above it. It remembers the first
 * line in view by its key, since heights and scroll offsets of before say nothing after a change.
 */
export class ReadingPosition {
  private key: string | null = null;
  private offset = 0;

  /** Takes note of the first line in view: an element with `data-key` in the box. */
  remember(box: HTMLElement): void {
    this.key = null;
    for (const line of linesOf(box)) {
      if (line.offsetTop + line.offsetHeight <= box.scrollTop) continue;
      this.key = line.dataset['key'] ?? null;
      this.offset = line.offsetTop - box.scrollTop;
      return;
    }
  }

  /** Scrolls so that the remembered line stands where it stood; does nothing when it is gone. */
  restore(box: HTMLElement): void {
    for (const line of linesOf(box)) {
      if (line.dataset['key'] !== this.key) continue;
      box.scrollTop = line.offsetTop - this.offset;
      return;
    }
  }
}

function linesOf(box: HTMLElement): NodeListOf<HTMLElement> {
  return box.querySelectorAll<HTMLElement>('[data-key]');
}
