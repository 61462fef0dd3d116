const LINES_MAX = 40;
const LINE_LENGTH_MAX = 500;

/** The last lines that a server wrote, for the message when it fails; older ones and overlong ends are dropped. */
export class LastLines {
  private readonly lines: string[] = [];
  private rest = '';

  constructor(private readonly onLine: (line: string) => void = () => undefined) {}

  add(chunk: string): void {
    const parts = (this.rest + chunk).split(/\r?\n/);
    this.rest = (parts.pop() ?? '').slice(0, LINE_LENGTH_MAX);
    for (const part of parts) this.keep(part);
  }

  /** What was written last, one line each. */
  text(): string {
    return [...this.lines, this.rest].filter((line) => line.trim() !== '').join('\n');
  }

  /** The whole lines, without one that is still being written. */
  get kept(): readonly string[] {
    return this.lines;
  }

  clear(): void {
    this.lines.length = 0;
  }

  private keep(part: string): void {
    const line = part.slice(0, LINE_LENGTH_MAX);
    this.lines.push(line);
    if (this.lines.length > LINES_MAX) this.lines.shift();
    this.onLine(line);
  }
}
