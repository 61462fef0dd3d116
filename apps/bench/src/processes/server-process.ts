import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from '@elite-chat/database-server';

import { type ProbeQuestion, type Usage } from '../probe/usage';
import { Conversation } from './conversation';

const START_WAIT_MS = 60_000;
const STOP_WAIT_MS = 10_000;

/** How often a starting server is asked whether it is ready, in milliseconds. */
const READY_INTERVAL_MS = 10;

/** Where every server says that it is ready; the arms answer every path. */
const READY_PATH = '/api/health/ready';

/** What a server is started with. */
export interface ServerProgram {
  /** The built script. */
  script: string;
  settings: Record<string, string>;
  /** A folder without a `.env` of somebody's own. */
  directory: string;
  /** Without it nothing is measured inside, and nothing slows the start. */
  hasProbe?: boolean;
  /** A folder for a profile of all that it does (Node's `--cpu-prof`). */
  profileDirectory?: string;
}

/** A server under test: a process of its own with a probe in it. */
export class ServerProcess {
  private readonly probe: Conversation<ProbeQuestion>;
  private readonly ended: Promise<void>;
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** From the start of the process to its first answer. */
    private startedAfter = 0,
  ) {
    this.probe = new Conversation(child);
    this.ended = new Promise((resolve) => child.once('exit', () => resolve()));
    for (const stream of [child.stdout, child.stderr]) {
      stream
        ?.setEncoding('utf8')
        .on('data', (text: string) => (this.output = (this.output + text).slice(-5_000)));
    }
  }

  /** Starts one and waits until it answers. */
  static async start({
    script,
    settings,
    directory,
    hasProbe = true,
    profileDirectory,
  }: ServerProgram): Promise<ServerProcess> {
    const port = await freePort();
    const from = performance.now();
    const child = fork(script, {
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TMPDIR: process.env['TMPDIR'],
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        ...settings,
      },
      execArgv: [
        ...(hasProbe ? ['--expose-gc', '--require', join(__dirname, 'probe.js')] : []),
        ...(profileDirectory ? ['--cpu-prof', '--cpu-prof-dir', profileDirectory] : []),
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const server = new ServerProcess(child, `http://127.0.0.1:${port}`);
    await server.becomesReady();
    server.startedAfter = performance.now() - from;
    return server;
  }

  /** From the start of the process to its first answer, in milliseconds. */
  get startMilliseconds(): number {
    return this.startedAfter;
  }

  /** What it has used and done so far. */
  usage(question: ProbeQuestion = 'usage'): Promise<Usage> {
    return this.probe.ask(question);
  }

  /** Ends it, at last by force. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const force = setTimeout(() => this.child.kill('SIGKILL'), STOP_WAIT_MS);
    await this.ended;
    clearTimeout(force);
  }

  private async becomesReady(): Promise<void> {
    const until = Date.now() + START_WAIT_MS;
    for (;;) {
      const answer = await fetch(`${this.url}${READY_PATH}`).catch(() => null);
      if (answer?.ok) return;
      if (this.child.exitCode !== null || Date.now() > until) {
        this.child.kill('SIGKILL');
        throw new Error(`A server did not become ready:\n${this.output}`);
      }
      await pause(READY_INTERVAL_MS);
    }
  }
}
