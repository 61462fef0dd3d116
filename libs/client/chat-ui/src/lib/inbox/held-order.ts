/** The order in which rows are shown while it is held, and how many would stand higher if it were not. */
export interface HeldOrder {
  readonly ids: readonly string[];
  readonly moved: number;
}

/**
 * Keeps the rows where they stand, so that none jumps away under the pointer: rows that are gone are
 * left out, rows that belong below all others are added there, and all that would come in or move up
 * above is counted.
 */
export function holdOrder(shown: readonly string[], wanted: readonly string[]): HeldOrder {
  const places = new Map(wanted.map((id, place) => [id, place]));
  const kept = shown.filter((id) => places.has(id));
  const known = new Set(kept);
  const lowest = kept.reduce((place, id) => Math.max(place, places.get(id) ?? 0), -1);
  const below = wanted.filter((id, place) => place > lowest && !known.has(id));
  const added = wanted.filter((id, place) => place < lowest && !known.has(id)).length;
  return { ids: [...kept, ...below], moved: added + countMovedUp(kept, wanted) };
}

/** How many stand above one that they stood below. */
function countMovedUp(shown: readonly string[], wanted: readonly string[]): number {
  const places = new Map(shown.map((id, place) => [id, place]));
  let moved = 0;
  let highestBelow = Infinity;
  for (const id of wanted.toReversed()) {
    const place = places.get(id);
    if (place === undefined) continue;
    if (place > highestBelow) moved++;
    highestBelow = Math.min(highestBelow, place);
  }
  return moved;
}
