import { isAbsolute, relative } from 'node:path';

/** A path as a person in the working directory would write it. */
export function displayPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere;
}
