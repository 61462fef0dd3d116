import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';

import { mongo } from 'mongoose';

import { BackupError } from '../backup-error';
import { type BackupManifest } from '../backup-manifest';
import { backup } from './backup.command';
import { restore } from './restore.command';

const collection = (name: string, documents: number) => ({
  name,
  documents,
  bytes: 1_000,
  sha256: '',
  indexes: [],
});

const MANIFEST: BackupManifest = {
  format: 1,
  takenAt: '2026-05-04T10:00:00.000Z',
  schemaVersion: 1,
  collections: [collection('chats', 3), collection('messages', 40), collection('users', 5)],
};

const DESCRIPTION = '3 chats with 40 entries, 5 people, 3 KiB, as of 2026-05-04T10:00:00.000Z';

/** A stream that remembers what is printed to it. */
function paper() {
  const printed: string[] = [];
  return { stream: new PassThrough().on('data', (text) => printed.push(String(text))), printed };
}

describe('the command that backs up', () => {
  async function run(args: string[], takeBackup: (folder: string) => Promise<BackupManifest>) {
    const { stream, printed } = paper();
    const exitCode = await backup({ arguments: args, output: stream, notes: stream, takeBackup });
    await new Promise((done) => stream.end(done));
    return { exitCode, printed: printed.join('') };
  }

  it('says what it has written and where', async () => {
    const folders: string[] = [];
    const result = await run(['saved'], async (folder) => {
      folders.push(folder);
      return MANIFEST;
    });
    expect(folders).toEqual([resolve('saved')]);
    expect(result).toEqual({ exitCode: 0, printed: `Backed up to ${resolve('saved')}: ${DESCRIPTION}.\n` });
  });

  it.each([[[]], [['one', 'two']], [['--all', 'one']]])('explains its usage at %j', async (args) => {
    const { exitCode, printed } = await run(args, () => Promise.reject(new Error('never called')));
    expect(exitCode).toBe(2);
    expect(printed).toContain('npm run backup -- <folder>');
  });

  it.each([
    ['a reason of ours', new BackupError('It is there already.'), 'It is there already.'],
    ['a full disk', Object.assign(new Error('write'), { code: 'ENOSPC' }), 'no room left on the disk'],
    [
      'a folder of another user',
      Object.assign(new Error('open'), { code: 'EACCES', path: '/backups' }),
      '/backups may not be used by this user',
    ],
    ['a stop', new DOMException('This operation was aborted', 'AbortError'), 'Stopped.'],
    ['no answer', new mongo.MongoNetworkError('mongodb://ann:secret@x'), 'does not answer'],
  ])('says in one line that there is no backup, and why: %s', async (_what, error, reason) => {
    const { exitCode, printed } = await run(['saved'], () => Promise.reject(error));
    expect(exitCode).toBe(1);
    expect(printed).toMatch(/^There is no backup\. [^\n]*\n$/);
    expect(printed).toContain(reason);
    expect(printed).not.toContain('secret');
  });

  it('does not hide what nobody foresaw', async () => {
    await expect(run(['saved'], () => Promise.reject(new TypeError('a fault')))).rejects.toThrow('a fault');
  });
});

describe('the command that restores', () => {
  async function run(args: string[], failure?: Error) {
    const { stream, printed } = paper();
    const calls: unknown[] = [];
    const exitCode = await restore({
      arguments: args,
      output: stream,
      notes: stream,
      restoreBackup: async (folder, replace) => {
        calls.push([folder, replace]);
        if (failure) throw failure;
        return MANIFEST;
      },
      renewEpoch: async () => void calls.push('epoch'),
    });
    await new Promise((done) => stream.end(done));
    return { exitCode, calls, printed: printed.join('') };
  }

  it('replaces nothing unless told', async () => {
    expect(await run(['saved'])).toEqual({
      exitCode: 0,
      calls: [[resolve('saved'), false]],
      printed: `Restored ${resolve('saved')}: ${DESCRIPTION}. Start EliteChat again.\n`,
    });
    expect((await run(['saved', '--replace'])).calls).toEqual([[resolve('saved'), true]]);
  });

  it('makes a new epoch alone when that is asked for', async () => {
    expect(await run(['--new-epoch'])).toMatchObject({ exitCode: 0, calls: ['epoch'] });
  });

  it.each([
    [[]],
    [['one', 'two']],
    [['one', '--new-epoch']],
    [['--new-epoch', '--replace']],
    [['--force', 'one']],
  ])('explains its usage at %j and does nothing', async (args) => {
    const { exitCode, calls, printed } = await run(args);
    expect({ exitCode, calls }).toEqual({ exitCode: 2, calls: [] });
    expect(printed).toContain('npm run restore -- <folder> --replace');
  });

  it('says in one line why nothing was restored', async () => {
    expect(await run(['saved'], new BackupError('The database is not empty.'))).toMatchObject({
      exitCode: 1,
      printed: 'It was not restored. The database is not empty.\n',
    });
  });
});
