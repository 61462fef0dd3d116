/**
 * Runs a piece of work when asked: the first time at once, then at most once in an interval, never two
 * at a time. Asking several times meanwhile comes to one more run.
 */
export class PacedWork {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private isWanted = false;
  private isStopped = false;
  private nextAt = 0;

  /** @param work handles its own errors */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly intervalMs: number,
  ) {}

  /** Asks for a run, soon. */
  request(): void {
    if (this.isStopped) return;
    this.isWanted = true;
    if (!this.running) this.schedule();
  }

  /** Runs now if a run was asked for; resolves when what was asked for before is done. */
  async flush(): Promise<void> {
    await this.running;
    await (this.isWanted ? this.run() : this.running);
  }

  /** Ends it: what was asked for is dropped, what runs is waited for. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.isWanted = false;
    this.disarm();
    await this.running;
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => void this.run(), Math.max(0, this.nextAt - performance.now()));
  }

  private run(): Promise<void> {
    this.disarm();
    this.running ??= this.runOnce();
    return this.running;
  }

  private async runOnce(): Promise<void> {
    this.isWanted = false;
    this.nextAt = performance.now() + this.intervalMs;
    try {
      await this.work();
    } finally {
      this.running = null;
      if (this.isWanted) this.schedule();
    }
  }

  private disarm(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
