import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseServerError } from '../database-server';
import { displayPath } from '../display-path';
import { errorCode } from '../error-text';
import type { DatabaseProduct } from '../server-program';
import { readJson, writeJson } from './small-file';

/** Which server made the data of a directory. */
export interface DataOrigin {
  readonly product: DatabaseProduct;
  readonly version: string;
  /** The port of a mongod, which its replica set's configuration names; 0 for a server that doesn't mind. */
  readonly port: number;
}

const ORIGIN_FILE = 'database.json';

/** Where the server's own files are. */
export function storageDirectoryOf(dataDirectory: string): string {
  return join(dataDirectory, 'database');
}

/** Who made the data; undefined where there are none yet. */
export async function readOrigin(dataDirectory: string): Promise<DataOrigin | undefined> {
  const storageDirectory = storageDirectoryOf(dataDirectory);
  // A first start that failed before the server wrote anything binds nobody.
  if (await isEmpty(storageDirectory)) return undefined;
  const origin = asOrigin(await readJson(join(dataDirectory, ORIGIN_FILE)));
  if (origin === undefined) {
    throw new DatabaseServerError(
      `${displayPath(storageDirectory)} is not empty, but ${displayPath(join(dataDirectory, ORIGIN_FILE))}, which says what server made it, is missing or damaged. Set DATA_DIR to another directory, or restore that file.`,
    );
  }
  return origin;
}

/** Remembers who made the data, for {@link readOrigin}. */
export function writeOrigin(dataDirectory: string, origin: DataOrigin): Promise<void> {
  return writeJson(join(dataDirectory, ORIGIN_FILE), origin);
}

/** Whether a server of this product and version may open data of that origin. A mongod may differ in the patch number alone. */
export function fits(origin: DataOrigin, product: DatabaseProduct, version: string): boolean {
  if (product !== origin.product) return false;
  return product === 'mongod' ? series(version) === series(origin.version) : version === origin.version;
}

function series(version: string): string {
  return version.split('.', 2).join('.');
}

async function isEmpty(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    throw error;
  }
}

function asOrigin(content: unknown): DataOrigin | undefined {
  if (typeof content !== 'object' || content === null) return undefined;
  if (!('product' in content) || !('version' in content) || !('port' in content)) return undefined;
  const { product, version, port } = content;
  if (product !== 'mongod' && product !== 'secantusdb') return undefined;
  if (typeof version !== 'string' || typeof port !== 'number') return undefined;
  return { product, version, port };
}
