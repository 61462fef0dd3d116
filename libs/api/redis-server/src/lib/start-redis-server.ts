import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '@elite-chat/database-server';

import { findRedis } from './find-redis';

const READY = /Ready to accept connections/;
const READY_TIMEOUT_MS = 30_000;

/** A Redis of one's own, which keeps nothing: for tests that end it, pause it and start it again. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it like a power cut. */
  kill(): Promise<void>;
  /** Stops it where it stands: it takes connections and answers nothing. */
  pause(): void;
  /** Lets a paused one go on. */
  resume(): void;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  /** Ends it and takes its folder away. */
  stop(): Promise<void>;
}

/** Starts a Redis on a free port of 127.0.0.1; fetches it where there is none. */
export async function startRedisServer(): Promise<RedisServer> {
  const program = await findRedis();
  const directory = await mkdtemp(join(tmpdir(), 'elite-chat-redis-'));
  const port = await freePort();
  let child = await launch(program, directory, port);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    restart: async () => {
      await kill();
      child = await launch(program, directory, port);
    },
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function launch(program: string, directory: string, port: number): Promise<ChildProcess> {
  const child = spawn(
    program,
    ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', directory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const endWithTests = () => child.kill('SIGKILL');
  process.once('exit', endWithTests);
  child.once('exit', () => process.removeListener('exit', endWithTests));
  let written = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => fail('did not become ready in time'), READY_TIMEOUT_MS);
    const fail = (how: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`Redis ${how}:\n${written}`));
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', () => fail('ended'));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (written.length < 10_000) written += text;
      if (!READY.test(written)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  return child;
}
