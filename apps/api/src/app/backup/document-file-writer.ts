import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** A finished file of documents. */
export interface DocumentFileSummary {
  documents: number;
  /** Size of the file. */
  bytes: number;
  /** Of the file, in hexadecimal. */
  sha256: string;
}

/** Writes BSON documents one after another, compressed; holds no more of them than its buffers do. */
export class DocumentFileWriter {
  private readonly gzip = createGzip();
  private readonly hash = createHash('sha256');
  private readonly broken = new AbortController();
  private readonly written: Promise<void>;
  private documents = 0;
  private bytes = 0;

  /** @param path of a file that is not there yet */
  constructor(path: string) {
    const measure = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.hash.update(chunk);
        this.bytes += chunk.length;
        done(null, chunk);
      },
    });
    this.written = pipeline(this.gzip, measure, createWriteStream(path, { flags: 'wx', flush: true }));
    // Told by the write that meets it.
    this.written.catch((error: unknown) => this.broken.abort(error));
  }

  /** Resolves when there is room for more. @throws the file system's error */
  async write(document: Uint8Array): Promise<void> {
    this.broken.signal.throwIfAborted();
    this.documents++;
    if (this.gzip.write(document)) return;
    try {
      await once(this.gzip, 'drain', { signal: this.broken.signal });
    } catch (error) {
      this.broken.signal.throwIfAborted();
      throw error;
    }
  }

  /** Resolves when everything is on the disk. @throws the file system's error */
  async close(): Promise<DocumentFileSummary> {
    this.gzip.end();
    await this.written;
    return { documents: this.documents, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  /** Gives up; what was written is of no use. */
  async discard(): Promise<void> {
    this.gzip.destroy();
    await this.written.catch(() => undefined);
  }
}
