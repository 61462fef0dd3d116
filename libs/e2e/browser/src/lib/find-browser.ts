import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

import { readWorkspaceFile } from '@elite-chat/api-process';
import { chromium } from '@playwright/test';

/** A browser to test with, and where it comes from. */
export interface FoundBrowser {
  source: string;
  executablePath: string;
}

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * Finds a Chromium: Playwright's own where it was installed, the one that a package carries (Linux on
 * x86-64), or the system's.
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const own = chromium.executablePath();
  if (existsSync(own)) return { source: 'Playwright’s own Chromium', executablePath: own };
  if (process.platform === 'linux' && process.arch === 'x64') {
    return { source: '@sparticuz/chromium', executablePath: await unpackedBrowser() };
  }
  const system = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => SYSTEM_NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (system) return { source: 'the system’s Chromium', executablePath: system };
  throw new Error('No Chromium was found. Run `npx playwright install chromium`, or install Chromium.');
}

/**
 * The package unpacks into the temporary folder and takes whatever lies there, of any version and also
 * half unpacked. So each version has a folder of its own, which gets its name once it is whole.
 */
async function unpackedBrowser(): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readWorkspaceFile('node_modules/@sparticuz/chromium/package.json'),
  );
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'elite-chat');
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const unpacking = await mkdtemp(`${folder}-`);
    await unpackInto(unpacking);
    // Where another process was faster, its folder is as good.
    await rename(unpacking, folder).catch(() => rm(unpacking, { recursive: true, force: true }));
  }
  return join(folder, 'chromium');
}

async function unpackInto(folder: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
