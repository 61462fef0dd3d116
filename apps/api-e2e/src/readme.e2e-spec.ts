import { spawn } from 'node:child_process';
import { parseEnv } from 'node:util';

import { ApiProcess } from '@elite-chat/api-process';
import { useStage } from './support/stage';
import { readWorkspaceFile, WORKSPACE } from '@elite-chat/api-process';

/** Where the README's reader has the product running. */
const PRINTED_URL = 'http://localhost:5000';

const stage = useStage({});

/** The fenced block after `<!-- test:<name> -->`. */
async function blockOf(name: string): Promise<string> {
  const readme = await readWorkspaceFile('README.md');
  const block = new RegExp(
    `<!-- test:${name} -->(?:\\s|<!-- prettier-ignore -->)*\`\`\`[a-z]*\\n([\\s\\S]*?)\`\`\``,
  ).exec(readme)?.[1];
  if (!block) throw new Error(`README.md has no block marked test:${name}.`);
  expect(block).toContain(PRINTED_URL);
  return block.replaceAll(PRINTED_URL, stage.api.url);
}

interface Run {
  code: number | null;
  output: string;
}

/** Runs a command until it ends of itself, or until its output fits. */
function run(
  command: string,
  args: string[],
  isEnough: (output: string) => boolean = () => false,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: WORKSPACE, stdio: ['ignore', 'pipe', 'pipe'] });
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 30_000);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (isEnough(output)) child.kill();
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(giveUp);
      resolve({ code, output });
    });
  });
}

describe('the README', () => {
  it('has a `curl` that works as printed', async () => {
    const { code, output } = await run('bash', ['-euo', 'pipefail', '-c', await blockOf('curl')]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('"id"') });
    expect(output).not.toMatch(/"code":/);
  });

  it('has a client in five lines of socket.io-client that works as printed', async () => {
    const block = await blockOf('socket');
    expect(block.trim().split('\n').length).toBeLessThanOrEqual(5);
    const isAnswered = (output: string) => /"?seq"?: ?\d+/.test(output);
    const { output } = await run(process.execPath, ['--input-type=module', '-e', block], isAnswered);
    expect(output).toMatch(/"?seq"?: ?\d+/);
    expect(output).not.toMatch(/ok"?: ?false/);
  });
});

describe('.env.example', () => {
  it('names every variable, and the product starts with it', async () => {
    const example = await readWorkspaceFile('.env.example');
    for (const name of [
      'JWT_SECRET',
      'FRONTEND_URL',
      'VITE_API_URL',
      'PORT',
      'HOST',
      'MONGODB_URI',
      'REDIS_URL',
      'DATA_DIR',
      'HOST_ADMINS',
      'TRUST_PROXY',
      'LOG_LEVEL',
    ]) {
      expect(example).toMatch(new RegExp(`^(# ?)?${name}=`, 'm'));
    }
    const { PORT: _port, DATA_DIR: _directory, ...settings } = parseEnv(example);
    const api = await ApiProcess.start(
      Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value ?? ''])),
    );
    await api.dispose();
  });
});
