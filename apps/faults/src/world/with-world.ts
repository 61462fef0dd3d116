import { World } from './world';

/** Makes a world, uses it, and ends it however that goes. */
export async function withWorld<T>(
  options: Parameters<typeof World.create>[0],
  use: (world: World) => Promise<T>,
): Promise<T> {
  const world = await World.create(options);
  try {
    return await use(world);
  } finally {
    await world.dispose();
  }
}
