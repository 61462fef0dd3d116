import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { WORKSPACE } from '@elite-chat/api-process';

/** How a command ended, and all that it printed. */
export interface CommandResult {
  code: number | null;
  printed: string;
}

const LONGEST_RUN_MS = 45_000;

/** Runs one of the built commands on the data of a product, as an operator does. */
export function runCommand(
  name: 'backup' | 'restore',
  args: readonly string[],
  settings: Record<string, string>,
): Promise<CommandResult> {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [join(WORKSPACE, `dist/apps/api/${name}.js`), ...args], {
    env: { PATH, HOME, TMPDIR, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const giveUp = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(giveUp);
      resolve({ code, printed });
    });
  });
}
