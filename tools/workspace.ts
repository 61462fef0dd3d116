import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository's folder. */
export const WORKSPACE = resolve(import.meta.dirname, '..');

/** Where the builds are. */
export const BUILT_API = join(WORKSPACE, 'dist/apps/api');
export const BUILT_FAULTS = join(WORKSPACE, 'dist/apps/faults');
export const BUILT_CLIENT = join(WORKSPACE, 'dist/apps/client');
export const BUILT_BENCH = join(WORKSPACE, 'dist/apps/bench');

/** The script behind a command of a package: run by this Node, so that no shell or shim is needed. */
export function scriptOf(packageName: string, command = packageName): string {
  const folder = join(WORKSPACE, 'node_modules', packageName);
  const { bin }: { bin: string | Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return join(folder, typeof bin === 'string' ? bin : (bin[command] ?? ''));
}

/** Nx without its background process, which would outlive the command. */
export const NX_ENVIRONMENT = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
