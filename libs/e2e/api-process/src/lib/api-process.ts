import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from '@elite-chat/database-server';

import { WORKSPACE } from './workspace';

/** The secret that the tests sign tokens with, as a host application would. */
export const JWT_SECRET = 'a-secret-of-the-tests-that-is-long-enough-0123456789';

const START_WAIT_MS = 60_000;
const STOP_WAIT_MS = 20_000;

/** So high that only the tests of limits meet a limit. */
const NO_LIMITS: Record<string, string> = {
  LIMIT_REST_PER_MINUTE: '1000000',
  LIMIT_LOGIN_PER_MINUTE: '1000000',
  LIMIT_REGISTER_PER_HOUR: '1000000',
  LIMIT_HANDSHAKES_PER_MINUTE: '1000000',
  LIMIT_SOCKET_EVENTS_PER_TEN_SECONDS: '1000000',
  LIMIT_MESSAGES_PER_TEN_SECONDS: '1000000',
  LIMIT_PAGES_PER_MINUTE: '1000000',
};

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  milliseconds: number;
}

/** The built product as its users run it: a process of its own, with its own data and port. */
export class ApiProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<Ending> | undefined;
  private written = '';

  private constructor(
    /** Where it runs: not the workspace, whose `.env` is somebody's own. */
    private readonly directory: string,
    readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  /** Prepares one that is not running yet. A setting of `''` is the same as leaving it out. */
  static async prepare(settings: Record<string, string> = {}): Promise<ApiProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'elite-chat-e2e-'));
    return new ApiProcess(directory, await freePort(), settings);
  }

  /** Starts one and waits until it is ready. */
  static async start(settings: Record<string, string> = {}): Promise<ApiProcess> {
    const api = await ApiProcess.prepare(settings);
    await api.start();
    return api;
  }

  get dataDirectory(): string {
    return join(this.directory, 'data');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** All that it has written to its outputs, of all its runs. */
  get output(): string {
    return this.written;
  }

  /**
   * Starts it and waits until its health check says that it is ready.
   * @param settings for this run only
   */
  async start(settings: Record<string, string> = {}): Promise<void> {
    const ended = this.launch(settings);
    const abort = new AbortController();
    const ending = await Promise.race([
      ended,
      this.becomesReady(abort.signal).then(() => null),
      pause(START_WAIT_MS, 'late' as const, { signal: abort.signal }).catch(() => null),
    ]);
    abort.abort();
    if (ending === null) return;
    if (ending === 'late') this.child?.kill('SIGKILL');
    throw new Error(`The API did not become ready (${JSON.stringify(ending)}):\n${this.written}`);
  }

  /** Starts it where it is expected to stop of itself, and tells how it ended. */
  startInVain(): Promise<Ending> {
    const ended = this.launch();
    const giveUp = setTimeout(() => this.child?.kill('SIGKILL'), START_WAIT_MS);
    return ended.finally(() => clearTimeout(giveUp));
  }

  /** Asks it to stop, as a process manager does, and tells how it ended. */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Ending> {
    const { child, ended } = this;
    if (!child || !ended) throw new Error('The API is not running.');
    const from = Date.now();
    const giveUp = setTimeout(() => child.kill('SIGKILL'), STOP_WAIT_MS);
    child.kill(signal);
    const ending = await ended.finally(() => clearTimeout(giveUp));
    this.child = undefined;
    return { ...ending, milliseconds: Date.now() - from };
  }

  /** Ends it like a power cut: no handler runs. */
  async killHard(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
    this.child = undefined;
  }

  /** Stops it where it is: its connections stay open and nothing is answered, until {@link resume}. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  /** Lets it go on. */
  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** Its process; undefined before the first start. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resolves when the present run has ended, whoever ended it. */
  async hasEnded(): Promise<Ending> {
    if (!this.ended) throw new Error('The API was not started.');
    return this.ended;
  }

  /** Stops it and takes its data away. */
  async dispose(): Promise<void> {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) await this.stop();
    await rm(this.directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  private launch(settings: Record<string, string> = {}): Promise<Ending> {
    const from = Date.now();
    const environment: Record<string, string | undefined> = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      JWT_SECRET,
      PORT: String(this.port),
      HOST: '127.0.0.1',
      DATA_DIR: this.dataDirectory,
      LOG_LEVEL: 'debug',
      ...NO_LIMITS,
      ...this.settings,
      ...settings,
    };
    const child = spawn(process.execPath, [join(WORKSPACE, 'dist/apps/api/main.js')], {
      cwd: this.directory,
      env: Object.fromEntries(Object.entries(environment).filter(([, value]) => value)),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Not killed hard, so that it can take its database with it.
    const endWithTests = () => child.kill('SIGTERM');
    process.once('exit', endWithTests);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.written += text));
    }
    this.child = child;
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        process.removeListener('exit', endWithTests);
        resolve({ code, signal, milliseconds: Date.now() - from });
      });
    });
    return this.ended;
  }

  private async becomesReady(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const answer = await fetch(`${this.url}/api/health/ready`, { signal }).catch(() => null);
      if (answer?.ok) return;
      await pause(50);
    }
  }
}
