import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { mongo } from 'mongoose';

import { BackupError } from './backup-error';
import { digestFile, readDocuments } from './document-file-reader';
import { DocumentFileWriter } from './document-file-writer';

describe('files of documents', () => {
  let directory: string;
  let files = 0;
  const newPath = () => join(directory, `${files++}.bson.gz`);

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'elite-chat-documents-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const readAll = async (path: string) => {
    const documents: Uint8Array[] = [];
    for await (const document of readDocuments(path)) documents.push(Uint8Array.from(document));
    return documents;
  };

  it('give back what was written, in order, whatever its size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 200_000 }), { maxLength: 12 }), async (sizes) => {
        const path = newPath();
        const documents = sizes.map((size, index) =>
          mongo.BSON.serialize({ index, content: Buffer.alloc(size, index) }),
        );
        const writer = new DocumentFileWriter(path);
        for (const document of documents) await writer.write(document);
        const { sha256, bytes, ...summary } = await writer.close();
        expect(summary).toEqual({ documents: documents.length });
        expect(await digestFile(path)).toEqual({ sha256, bytes });
        expect((await readAll(path)).map((one) => Buffer.from(one).toString('base64'))).toEqual(
          documents.map((one) => Buffer.from(one).toString('base64')),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('that can not be written are told of at the next write, instead of waiting for ever', async () => {
    const writer = new DocumentFileWriter(join(directory, 'nowhere', 'x.bson.gz'));
    const document = mongo.BSON.serialize({ content: Buffer.alloc(100_000) });
    const writeMany = async () => {
      for (let count = 0; count < 1_000; count++) await writer.write(document);
    };
    await expect(writeMany()).rejects.toThrow('ENOENT');
    await writer.discard();
  });

  it.each([
    ['no gzip', Buffer.from('hello'), /can't be uncompressed/],
    ['cut within a document', gzipSync(mongo.BSON.serialize({ a: 1 }).subarray(0, 8)), /is cut/],
    ['cut while compressed', gzipSync(Buffer.alloc(99)).subarray(0, 12), /can't be uncompressed/],
    ['something else', gzipSync('this is only some text'), /something that is no document/],
  ])('are refused when they are %s', async (_what, content, reason) => {
    const path = newPath();
    await writeFile(path, content);
    const refusal = await readAll(path).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BackupError);
    expect(String(refusal)).toMatch(reason);
  });
});
