import { type BrowserContext, type Page } from '@playwright/test';

/** What a page has loaded, as it came over the line: compressed, without the headers. */
export class LineBytes {
  private constructor(private readonly bytesByUrl: Map<string, number>) {}

  /** Counts all that a page loads from now on. */
  static async of(context: BrowserContext, page: Page): Promise<LineBytes> {
    const session = await context.newCDPSession(page);
    const answers = new Map<string, { url: string; headerBytes: number }>();
    const loaded = new Map<string, number>();
    session.on('Network.responseReceived', ({ requestId, response: { url, encodedDataLength } }) =>
      // Nothing but the headers has come by then.
      answers.set(requestId, { url, headerBytes: encodedDataLength }),
    );
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const { url, headerBytes } = answers.get(requestId) ?? { url: requestId, headerBytes: 0 };
      loaded.set(url, (loaded.get(url) ?? 0) + encodedDataLength - headerBytes);
    });
    await session.send('Network.enable');
    return new LineBytes(loaded);
  }

  /** The addresses that were loaded. */
  get urls(): string[] {
    return [...this.bytesByUrl.keys()];
  }

  /** How many bytes those addresses came to. */
  sum(isCounted: (url: string) => boolean = () => true): number {
    return [...this.bytesByUrl].reduce((sum, [url, bytes]) => sum + (isCounted(url) ? bytes : 0), 0);
  }

  /** Every address with its bytes, a line each. */
  toString(): string {
    return [...this.bytesByUrl].map(([url, bytes]) => `${bytes} ${url}`).join('\n');
  }
}
