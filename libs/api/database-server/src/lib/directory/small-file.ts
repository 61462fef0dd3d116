import { randomUUID } from 'node:crypto';
import { access, constants, copyFile, link, open, readFile, rename, rm } from 'node:fs/promises';
import { errorCode } from '../error-text';

/** The parsed JSON of a file; undefined when it is not there or is no JSON. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Writes the file whole or not at all, over a former one. */
export async function writeJson(path: string, content: object): Promise<void> {
  const temporary = await writeTemporary(path, content);
  await rename(temporary, path);
}

/** Writes the file if there is none; of several at once exactly one succeeds. Answers whether it was this one. */
export async function createJson(path: string, content: object): Promise<boolean> {
  const temporary = await writeTemporary(path, content);
  try {
    // Unlike opening it exclusively, no other ever sees a half-written file.
    await link(temporary, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    return await copyExclusively(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** For file systems without hard links. */
async function copyExclusively(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function writeTemporary(path: string, content: object): Promise<string> {
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return temporary;
}
