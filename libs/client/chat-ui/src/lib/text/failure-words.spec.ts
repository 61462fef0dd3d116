import { ERROR_CODES } from '@elite-chat/contracts';

import { explainFailure } from './failure-words';

describe('explainFailure', () => {
  it.each([...ERROR_CODES, 'network' as const, 'timeout' as const])('has words of its own for %s', (code) => {
    const words = explainFailure({ code });
    expect(words).toMatch(/^[A-Z].+\.$/u);
    expect(words).not.toContain(code);
  });

  it('says how long to wait where the server said so', () => {
    expect(explainFailure({ code: 'rate_limited', retryAfter: 11.2 })).toContain('in 12 seconds');
    expect(explainFailure({ code: 'busy', retryAfter: 600 })).toContain('in 10 minutes');
    expect(explainFailure({ code: 'busy' })).toContain('in a moment');
  });
});
