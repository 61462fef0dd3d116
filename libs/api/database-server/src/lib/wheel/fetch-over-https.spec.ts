import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { removeTemporaryDirectories, temporaryDirectory } from '../../testing/temporary-directory';
import { fetchOverHttps } from './fetch-over-https';
import type { PublishedWheel } from './published-wheel';

// A package index of our own on plain HTTP: what travels is the same.
const wheel: PublishedWheel = {
  requirement: 'SecantusDB==0.6.0b17',
  fileName: 'small.whl',
  sha256: '',
  pipPlatform: 'any',
  executable: '',
  alongside: [],
};

let server: Server | undefined;

afterEach(async () => {
  server?.close();
  server?.closeAllConnections();
  await removeTemporaryDirectories();
});

/** Answers each path with its JSON, text or status. */
async function serve(
  answers: Readonly<Record<string, unknown>>,
): Promise<{ indexUrl: string; host: string }> {
  const answer: RequestListener = ({ url = '' }, response) => {
    const content = answers[url];
    if (typeof content === 'number') response.writeHead(content).end();
    else response.end(typeof content === 'string' ? content : JSON.stringify(content ?? null));
  };
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const host = `127.0.0.1:${address.port}`;
  return { indexUrl: `http://${host}/simple/secantusdb/`, host };
}

it('downloads the file that the index names, among others', async () => {
  const files = [
    { filename: 'other.whl', url: '../../files/other' },
    { filename: 'small.whl', url: '../../files/small' },
  ];
  const { indexUrl } = await serve({ '/simple/secantusdb/': { files }, '/files/small': 'the wheel' });
  const path = await fetchOverHttps(wheel, await temporaryDirectory(), indexUrl);
  expect(path).toMatch(/small\.whl$/);
  expect(await readFile(path, 'utf8')).toBe('the wheel');
});

it.each([
  ['an index that fails', { '/simple/secantusdb/': 503 }, 'answered 503'],
  ['an index without files', { '/simple/secantusdb/': { message: 'hello' } }, 'does not list small.whl'],
  ['an index without this file', { '/simple/secantusdb/': { files: [null, {}] } }, 'does not list small.whl'],
  [
    'a file that is gone',
    { '/simple/secantusdb/': { files: [{ filename: 'small.whl', url: '/gone' }] }, '/gone': 404 },
    'answered 404',
  ],
])('says who answered what at %s', async (_, answers, expected) => {
  const { indexUrl, host } = await serve(answers);
  await expect(fetchOverHttps(wheel, await temporaryDirectory(), indexUrl)).rejects.toThrow(
    `${host} ${expected}`,
  );
});
