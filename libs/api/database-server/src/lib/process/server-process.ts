import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { errorText } from '../error-text';
import { LastLines } from './last-lines';

/** How long a server may take to end by itself. What it acknowledged is on the disk, so being killed loses nothing. */
const STOP_TIMEOUT_MS = 6_000;

/** A database server that runs as a child of this process, in a process group of its own. */
export class ServerProcess {
  /** Resolves when the process is gone, with how it ended, for a person. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly lineListeners = new Set<(line: string) => void>();
  private readonly lines = new LastLines((line) => {
    for (const listener of this.lineListeners) listener(line);
  });
  private hasEnded = false;
  private stopping: Promise<void> | undefined;

  /** @param executable a path or a name on the PATH; `workingDirectory` must exist. */
  constructor(executable: string, args: readonly string[], workingDirectory: string) {
    // Detached: Ctrl-C in a terminal then reaches us alone, and we end the database when nobody needs it any more.
    this.child = spawn(executable, args, {
      cwd: workingDirectory,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => this.lines.add(chunk));
    }
    // However we end (short of kill -9), the database doesn't outlive us.
    const killWithUs = (): void => void this.child.kill('SIGTERM');
    process.once('exit', killWithUs);
    this.ended = new Promise((resolve) => {
      const end = (how: string): void => {
        this.hasEnded = true;
        process.removeListener('exit', killWithUs);
        resolve(how);
      };
      this.child.once('error', (error) => {
        // A child that never ran has no `close` to wait for.
        if (this.child.pid === undefined) end(`could not be run (${errorText(error)})`);
      });
      this.child.once('close', (code, signal) =>
        end(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
      );
    });
  }

  /** Undefined when it could not be run at all. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** The last lines of its output. */
  get output(): string {
    return this.lines.text();
  }

  /** Forgets the output so far: what was said at the start doesn't explain a later end. */
  forgetOutput(): void {
    this.lines.clear();
  }

  /** Calls `listener` with each line of its output, those kept so far first, until the returned function is called. */
  onLine(listener: (line: string) => void): () => void {
    this.lines.kept.forEach(listener);
    this.lineListeners.add(listener);
    return () => this.lineListeners.delete(listener);
  }

  /** Asks it to end, kills it if it doesn't, and resolves when it is gone. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    if (this.hasEnded) return;
    this.child.kill('SIGTERM');
    const kill = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.ended;
    clearTimeout(kill);
  }
}
