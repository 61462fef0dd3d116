import { ERROR_CODES } from '@elite-chat/contracts';

import { TestBed } from '@angular/core/testing';

import { explainFailure, type Failure } from './failure-words';
import { injectTranslate } from './translate';

const explain = (failure: Failure) => explainFailure(failure, TestBed.runInInjectionContext(injectTranslate));

describe('explainFailure', () => {
  it.each([...ERROR_CODES, 'network' as const, 'timeout' as const])('has words of its own for %s', (code) => {
    const words = explain({ code });
    expect(words).toMatch(/^[A-Z].+\.$/u);
    expect(words).not.toContain(code);
  });

  it('says how long to wait where the server said so', () => {
    expect(explain({ code: 'rate_limited', retryAfter: 11.2 })).toContain('in 12 seconds');
    expect(explain({ code: 'busy', retryAfter: 600 })).toContain('in 10 minutes');
    expect(explain({ code: 'busy' })).toContain('in a moment');
  });
});
