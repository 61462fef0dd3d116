import { appendFile, copyFile, mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from '../../testing/temporary-directory';
import { smallWheel } from '../../testing/small-wheel';
import { runCommand } from '../run-command';
import type { PublishedWheel } from '../wheel/published-wheel';
import type { WheelFetcher } from '../wheel/wheel-cache';
import { secantusdbSource } from './secantusdb-source';

let file: string;
let wheel: PublishedWheel;
let cache: string;
let lines: string[];

beforeEach(async () => {
  ({ file, wheel } = await smallWheel(await temporaryDirectory()));
  cache = join(await temporaryDirectory(), 'cache');
  lines = [];
});

afterEach(removeTemporaryDirectories);

const good: WheelFetcher = {
  title: 'good',
  fetch: async (_, directory) => {
    await copyFile(file, join(directory, 'small.whl'));
    return join(directory, 'small.whl');
  },
};

const tampered: WheelFetcher = {
  title: 'tampered',
  fetch: async (...place) => {
    const path = await good.fetch(...place);
    await appendFile(path, '\0');
    return path;
  },
};

const failing: WheelFetcher = {
  title: 'failing',
  fetch: () => Promise.reject(new Error('no way')),
};

function source(...fetchers: WheelFetcher[]): ReturnType<typeof secantusdbSource> {
  return secantusdbSource(cache, (line) => lines.push(line), fetchers, wheel);
}

async function cachedExecutable(): Promise<string> {
  const [name = ''] = await readdir(cache);
  return join(cache, name, wheel.executable);
}

it('unpacks the server and its libraries alone, ready to be run', async () => {
  expect(await source(good).find()).toBeUndefined();
  await source(good).fetch?.();

  const executable = await cachedExecutable();
  expect(await runCommand(executable, [], 5_000)).toBe('small');
  expect(await readFile(join(executable, '../../secantusdb.libs/library.so'), 'utf8')).toBe('library');
  await expect(stat(join(executable, '../../secantus'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it('finds what was fetched once without fetching again', async () => {
  await source(good).fetch?.();
  expect(await source().find()).toMatchObject({ product: 'secantusdb' });
});

it('refuses a file that is not the published one, whichever way it came, and keeps nothing of it', async () => {
  await expect(source(tampered).fetch?.()).rejects.toThrow(
    /^by tampered: small\.whl is not the published file: its SHA-256 is [0-9a-f]{64}, it must be [0-9a-f]{64}$/,
  );
  expect(await readdir(cache)).toEqual([]);
  expect(await source().find()).toBeUndefined();
});

it('takes the next way when one fails, and says so', async () => {
  await source(failing, tampered, good).fetch?.();
  expect(lines).toEqual([
    expect.stringMatching(/^Fetching SecantusDB .* by failing$/),
    'That failed: no way',
    expect.stringMatching(/^Fetching SecantusDB .* by tampered$/),
    expect.stringMatching(/^That failed: small\.whl is not the published file/),
    expect.stringMatching(/^Fetching SecantusDB .* by good$/),
    `Unpacking it into ${cache}`,
  ]);
});

it('names every way that failed', async () => {
  await expect(source(failing, { ...failing, title: 'other' }).fetch?.()).rejects.toThrow(
    'by failing: no way; by other: no way',
  );
});

it('stands several fetches at once', async () => {
  await Promise.all(Array.from({ length: 8 }, () => source(good).fetch?.()));
  expect(await readdir(cache)).toHaveLength(1);
  expect(await runCommand(await cachedExecutable(), [], 5_000)).toBe('small');
});

it('removes what a killed fetch left, but not what one is at', async () => {
  for (const name of ['.fetching-old', '.fetching-new']) await mkdir(join(cache, name), { recursive: true });
  await utimes(join(cache, '.fetching-old'), 0, 0);
  await source(good).fetch?.();
  const left = await readdir(cache);
  expect(left).toContain('.fetching-new');
  expect(left).not.toContain('.fetching-old');
});

it('says so where there is no wheel for this system', async () => {
  const nowhere = secantusdbSource(cache, () => undefined, [good], null);
  expect(await nowhere.find()).toBeUndefined();
  await expect(nowhere.fetch?.()).rejects.toThrow('there is no wheel of it for');
});
