import { chooseProgram } from './choose-program';
import type { DatabaseProduct, ServerProgram } from './server-program';
import type { ServerSource } from './server-source';

const unused = (): never => {
  throw new Error('not started in these tests');
};

function program(product: DatabaseProduct, version: string): ServerProgram {
  return { kind: product, product, version, title: `${product} ${version}`, launch: unused, ready: unused };
}

function source(product: DatabaseProduct, rest: Partial<ServerSource>): ServerSource {
  return { product, title: product, find: () => Promise.resolve(undefined), ...rest };
}

const failing = (message: string) => (): Promise<never> => Promise.reject(new Error(message));
const mongod = program('mongod', '8.0.4');
const secantusdb = program('secantusdb', '0.6.0b17');
const DIRECTORY = '/data/database';

it('takes the first that is there', async () => {
  const sources = [
    source('mongod', { find: () => Promise.resolve(mongod) }),
    source('secantusdb', { find: () => Promise.resolve(secantusdb) }),
  ];
  expect(await chooseProgram(sources, undefined, DIRECTORY)).toBe(mongod);
});

it('fetches nothing when any is there', async () => {
  const fetch = jest.fn(failing('fetched'));
  const sources = [
    source('mongod', { fetch }),
    source('secantusdb', { find: () => Promise.resolve(secantusdb), fetch }),
  ];
  expect(await chooseProgram(sources, undefined, DIRECTORY)).toBe(secantusdb);
  expect(fetch).not.toHaveBeenCalled();
});

it('fetches the next when one cannot be had', async () => {
  const sources = [
    source('mongod', { fetch: failing('out of reach') }),
    source('secantusdb', { fetch: () => Promise.resolve(secantusdb) }),
  ];
  expect(await chooseProgram(sources, undefined, DIRECTORY)).toBe(secantusdb);
});

it('lists what was tried, why each failed and what to do when none can be had, without a password', async () => {
  const sources = [
    source('mongod', { title: 'mongod on the PATH' }),
    source('mongod', { title: 'mongod by download', fetch: failing('out of reach') }),
    source('secantusdb', {
      title: 'SecantusDB',
      fetch: failing('no answer of https://me:secret@mirror.example/simple'),
    }),
  ];
  await expect(chooseProgram(sources, undefined, DIRECTORY)).rejects.toThrow(
    [
      'No database can be had.',
      'Tried:',
      '  - mongod on the PATH: not found',
      '  - mongod by download: out of reach',
      '  - SecantusDB: no answer of https://***@mirror.example/simple',
      'Set MONGODB_URI to a MongoDB replica set, or install mongod, or Python 3 with pip and a way to pypi.org, and start again.',
    ].join('\n'),
  );
});

it('says that the disk is full when that is why', async () => {
  const sources = [source('secantusdb', { fetch: failing('ENOSPC: no space left on device, write') })];
  await expect(chooseProgram(sources, undefined, DIRECTORY)).rejects.toThrow(
    /\nThe disk is full: free some space and start again\.$/,
  );
});

describe('where there are data', () => {
  const both = [
    source('mongod', { find: () => Promise.resolve(mongod) }),
    source('secantusdb', { find: () => Promise.resolve(secantusdb) }),
  ];

  it('takes the server that made them, though a better one is there', async () => {
    const origin = { product: 'secantusdb', version: '0.6.0b17', port: 0 } as const;
    expect(await chooseProgram(both, origin, DIRECTORY)).toBe(secantusdb);
  });

  it('takes another patch of the same mongod', async () => {
    const origin = { product: 'mongod', version: '8.0.1', port: 1 } as const;
    expect(await chooseProgram(both, origin, DIRECTORY)).toBe(mongod);
  });

  it.each([
    [{ product: 'mongod', version: '7.0.1', port: 1 }, 'mongod 7.0.1', 'mongod: it is 8.0.4'],
    [{ product: 'secantusdb', version: '0.7.0', port: 0 }, 'secantusdb 0.7.0', 'secantusdb: it is 0.6.0b17'],
  ] as const)('refuses those of another server: %o', async (origin, maker, tried) => {
    await expect(chooseProgram(both, origin, DIRECTORY)).rejects.toThrow(
      [
        `The data in ${DIRECTORY} were made by another server (${maker}) than can be had here.`,
        'Tried:',
        `  - ${tried}`,
        `Install ${maker}, or set DATA_DIR to another directory, or MONGODB_URI to a MongoDB replica set.`,
      ].join('\n'),
    );
  });
});
