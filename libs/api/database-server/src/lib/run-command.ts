import { spawn } from 'node:child_process';
import { errorCode, withoutCredentials } from './error-text';
import { LastLines } from './process/last-lines';

/** Runs a command to its end and answers what it wrote (its last lines); throws its last line when it fails or takes too long. */
export function runCommand(command: string, args: readonly string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = new LastLines();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    // Not spawn's own `timeout`: its timer outlives a command that is not there and keeps this process from ending.
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => lines.add(chunk));
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(errorCode(error) === 'ENOENT' ? new Error('not found') : error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve(lines.text());
      const said = withoutCredentials(lines.text().split('\n').at(-1) ?? '');
      const how = signal === null ? `code ${code}` : `${signal} after ${timeoutMs / 1000} s at most`;
      reject(new Error(said === '' ? `ended with ${how}` : said));
    });
  });
}
