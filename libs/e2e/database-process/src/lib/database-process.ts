import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { embeddedServerCommand, freePort } from '@elite-chat/database-server';

const START_WAIT_MS = 60_000;
const DATABASE_NAME = 'elitechat';

/** How a database of tests is started. */
export interface DatabaseProcessOptions {
  /** False: without syncing each commit, so that a kill loses what was acknowledged. For control runs only. */
  isDurable?: boolean;
}

/**
 * The embedded database in a process of its own, apart from the API: to be paused and killed while the
 * API goes on. It keeps its port and its data over its restarts. Linux only, as its signals are.
 */
export class DatabaseProcess {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly directory: string,
    private readonly port: number,
    private readonly executable: string,
    private readonly args: readonly string[],
  ) {}

  /** Starts one on an empty directory and waits until it is ready. */
  static async start({ isDurable = true }: DatabaseProcessOptions = {}): Promise<DatabaseProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'elite-chat-database-'));
    const port = await freePort();
    const { executable, args, durabilityOption } = await embeddedServerCommand(join(directory, 'data'), port);
    const wanted = args.filter((argument) => isDurable || argument !== durabilityOption);
    const database = new DatabaseProcess(directory, port, executable, wanted);
    await database.start();
    return database;
  }

  /** For the API's `MONGODB_URI`; the same for all its runs. */
  get uri(): string {
    return this.uriAt(this.port);
  }

  /** The same database by another port, as a proxy in front of it has one. */
  uriAt(port: number): string {
    return `mongodb://127.0.0.1:${port}/${DATABASE_NAME}?directConnection=true`;
  }

  /** Where it listens. */
  get address(): { host: string; port: number } {
    return { host: '127.0.0.1', port: this.port };
  }

  /** Starts it anew after it was killed. */
  async start(): Promise<void> {
    // So that a write beyond the limit of a file fails, instead of ending the process.
    const ignoringLimits = ['-c', `trap '' XFSZ; exec "$0" "$@"`, this.executable, ...this.args];
    const child = spawn('/bin/sh', ignoringLimits, {
      cwd: this.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const endWithTests = () => child.kill('SIGKILL');
    process.once('exit', endWithTests);
    child.once('close', () => process.removeListener('exit', endWithTests));
    let written = '';
    await new Promise<void>((resolve, reject) => {
      const giveUp = setTimeout(() => fail('did not become ready'), START_WAIT_MS);
      const fail = (how: string) => {
        clearTimeout(giveUp);
        reject(new Error(`The database ${how}:\n${written}`));
      };
      child.once('close', (code, signal) => fail(`ended (${code ?? signal})`));
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          written = (written + text).slice(-10_000);
          if (!/listening on /.test(written)) return;
          clearTimeout(giveUp);
          resolve();
        });
      }
    });
  }

  /** Ends it like a crash: no handler runs, nothing more is written. */
  async killHard(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stops it where it is: connections stay open, nothing is answered. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  /** Lets it go on. */
  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** From now on nothing is written to a file beyond this, in bytes, as with a full disk; until the next start. */
  async limitFileSize(bytes: number): Promise<void> {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error('The database is not running.');
    await promisify(execFile)('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:unlimited`]);
  }

  /** Ends it and takes its data away. */
  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }
}
