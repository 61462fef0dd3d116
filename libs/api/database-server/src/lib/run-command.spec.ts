import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { runCommand } from './run-command';

const TIMEOUT_MS = 20_000;

it('answers what the command wrote', async () => {
  const script = 'console.log("one"); console.error("two")';
  const said = await runCommand(process.execPath, ['-e', script], TIMEOUT_MS);
  expect(said.split('\n').sort()).toEqual(['one', 'two']);
});

it('throws the last words of a command that fails, without a password', async () => {
  const script = 'console.error("no answer of https://me:secret@mirror.example/"); process.exit(1)';
  await expect(runCommand(process.execPath, ['-e', script], TIMEOUT_MS)).rejects.toThrow(
    'no answer of https://***@mirror.example/',
  );
});

it('kills a command that takes too long', async () => {
  await expect(
    runCommand(process.execPath, ['-e', 'process.stdin.resume(); setInterval(() => {}, 1e6)'], 200),
  ).rejects.toThrow('ended with SIGKILL after 0.2 s at most');
});

it('says that a command is not there, and keeps nothing waiting for it', async () => {
  const module = JSON.stringify(require.resolve('./run-command'));
  const hooks =
    "require('node:module').registerHooks({ resolve: (name, context, next) => next(name.startsWith('.') ? name + '.ts' : name, context) });";
  const script = `${hooks} import(${module}).then(({ runCommand }) => runCommand('no-such-command', [], 2 ** 30)).catch((error) => console.log(error.message));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--experimental-transform-types', '--no-warnings', '--eval', script],
    { timeout: TIMEOUT_MS, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  expect(stdout.trim()).toBe('not found');
}, 30_000);
