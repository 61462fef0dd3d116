import { apiPaths } from '@elite-chat/contracts';

import { createTestApp, type TestApp } from '../../../test/test-app';

describe('the documentation of accounts and sessions', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it.each([apiPaths.register, apiPaths.login, apiPaths.password])(
    'says that %s, which waits for a turn to hash a password, may be busy',
    async (path) => {
      const { paths } = JSON.parse(await (await fetch(`${test.url}/docs-json`)).text());
      expect(paths[`/api/${path}`].post.responses[503].description).toBe('`busy`, `unavailable`');
    },
  );
});
