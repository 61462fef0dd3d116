import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { removeTemporaryDirectories, temporaryDirectory } from '../../testing/temporary-directory';
import { defaultCacheDirectory } from '../cache-directory';
import { startOwnServer } from '../start-database-server';
import { mongodDownload } from './mongod-download';
import { mongodOnPath } from './mongod-on-path';
import { SECANTUSDB_VERSION, wheelFor } from '../secantusdb/secantusdb-wheel';
import { secantusdbSource } from '../secantusdb/secantusdb-source';

// No real mongod is run here: these tests prove the decision, the flags and the note about the port, on a stand-in
// that takes a mongod's flags and hands over to the embedded server, which calls itself a primary from the start.
jest.setTimeout(120_000);

let binDirectory: string;

beforeEach(async () => {
  binDirectory = await temporaryDirectory();
});

afterEach(removeTemporaryDirectories);

async function putMongod(script: string): Promise<string> {
  const executable = join(binDirectory, 'mongod');
  await writeFile(executable, `#!/bin/sh\n${script}\n`);
  await chmod(executable, 0o755);
  return executable;
}

describe('mongod on the PATH', () => {
  it('is taken with the version that it tells', async () => {
    const executable = await putMongod('echo "db version v8.0.4"');
    expect(await mongodOnPath(`/nowhere::${binDirectory}`).find()).toMatchObject({
      kind: 'mongod',
      version: '8.0.4',
      title: `mongod 8.0.4 (${executable})`,
    });
  });

  it('is none where none is', async () => {
    expect(await mongodOnPath(binDirectory).find()).toBeUndefined();
  });

  it('is refused with the reason when it does not run on this machine', async () => {
    await putMongod('echo "Illegal instruction" >&2; exit 132');
    await expect(mongodOnPath(binDirectory).find()).rejects.toThrow('Illegal instruction');
  });

  it('is refused when it is no mongod', async () => {
    await putMongod('echo hello');
    await expect(mongodOnPath(binDirectory).find()).rejects.toThrow('tells no version');
  });

  it('that dies at its start is told at once, with its last words', async () => {
    const dataDirectory = await temporaryDirectory();
    await putMongod(
      'if [ "$1" = --version ]; then echo "db version v8.0.4"; else echo "bad news"; exit 14; fi',
    );
    await expect(
      startOwnServer(
        dataDirectory,
        () => undefined,
        () => [mongodOnPath(binDirectory)],
      ),
    ).rejects.toThrow('did not start: it ended with code 14: bad news');
  });

  it('runs as a replica set, at the same port at every start, and its data are refused to another server', async () => {
    const dataDirectory = await temporaryDirectory();
    const report = (): void => undefined;
    const embedded = secantusdbSource(defaultCacheDirectory(), report);
    if ((await embedded.find()) === undefined) await embedded.fetch?.();
    await putMongod(standIn(dataDirectory));

    const uris: string[] = [];
    for (const run of [1, 2]) {
      const server = await startOwnServer(dataDirectory, report, () => [mongodOnPath(binDirectory)]);
      uris.push(server.uri);
      const client = await mongo.MongoClient.connect(server.uri.replace('replicaSet=elitechat&', ''));
      await client.db().collection('things').insertOne({ run });
      expect(await client.db().collection('things').countDocuments()).toBe(run);
      await client.close();
      await server.stop();
    }

    expect(uris[0]).toMatch(
      /^mongodb:\/\/127\.0\.0\.1:\d+\/elitechat\?replicaSet=elitechat&directConnection=true$/,
    );
    expect(uris[1]).toBe(uris[0]);
    const given = await readFile(join(dataDirectory, 'arguments'), 'utf8');
    expect(given).toContain(`--dbpath ${join(dataDirectory, 'database')} --bind_ip 127.0.0.1`);
    expect(given).toContain('--replSet elitechat');
    await expect(startOwnServer(dataDirectory, report, () => [embedded])).rejects.toThrow(
      'were made by another server (mongod 8.0.4)',
    );
  });
});

describe('mongod by download', () => {
  it('is none where none was downloaded', async () => {
    const download = mongodDownload(await temporaryDirectory(), () => undefined, '8.0.99');
    expect(await download.find()).toBeUndefined();
  });

  it('is found again where one was downloaded', async () => {
    const cache = await cacheWithMongod('8.0.98', 'echo "db version v8.0.98"');
    expect(await mongodDownload(cache, () => undefined, '8.0.98').find()).toMatchObject({
      kind: 'mongod-download',
      version: '8.0.98',
    });
  });

  it('is refused with the reason when it does not run on this machine, so that the next source has its turn', async () => {
    const missing = 'error while loading shared libraries: libcurl.so.4';
    const cache = await cacheWithMongod('8.0.97', `echo "${missing}" >&2; exit 127`);
    await expect(mongodDownload(cache, () => undefined, '8.0.97').find()).rejects.toThrow(missing);
  });
});

/** A cache folder with a script in place of a downloaded mongod; the library remembers where it found a version. */
async function cacheWithMongod(version: string, script: string): Promise<string> {
  const cache = await temporaryDirectory();
  const { DryMongoBinary } = await import('mongodb-memory-server-core/lib/util/DryMongoBinary');
  const options = await DryMongoBinary.generateOptions({ version });
  await mkdir(join(cache, 'mongod'));
  const executable = join(cache, 'mongod', await DryMongoBinary.getBinaryName(options));
  // The library takes a small file, or one without its sum beside it, for a broken download.
  await writeFile(executable, `#!/bin/sh\n${script}\nexit\n`.padEnd(60 * 1024 * 1024, '\n'));
  await chmod(executable, 0o755);
  await writeFile(`${executable}.md5`, '');
  return cache;
}

function standIn(dataDirectory: string): string {
  const wheel = wheelFor(process.platform, process.arch);
  if (wheel === null) throw new Error('The stand-in needs the embedded server');
  const name = `secantusdb-${SECANTUSDB_VERSION}-${wheel.sha256.slice(0, 16)}`;
  const embedded = join(defaultCacheDirectory(), name, wheel.executable);
  return [
    'if [ "$1" = --version ]; then echo "db version v8.0.4"; exit; fi',
    `echo "$@" >> ${join(dataDirectory, 'arguments')}`,
    `: > ${join(dataDirectory, 'empty.toml')}`,
    `exec ${embedded} --config ${join(dataDirectory, 'empty.toml')} --storage-path "$2" --host "$4" --port "$6" --cache-size 64M --log-file-max 16MB --sync-on-commit`,
  ].join('\n');
}
