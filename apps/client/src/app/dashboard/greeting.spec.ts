import { TestBed } from '@angular/core/testing';
import { injectTranslate } from '@elite-chat/i18n';

import { greetingAt } from './greeting';

describe('greetingAt', () => {
  const greeting = (hour: number, name: string) =>
    greetingAt(new Date(2026, 0, 1, hour), name, TestBed.runInInjectionContext(injectTranslate));

  it.each([
    [3, 'Hello, Cora'],
    [8, 'Good morning, Cora'],
    [12, 'Good afternoon, Cora'],
    [20, 'Good evening, Cora'],
  ])('at %p o’clock is %j', (hour, expected) => {
    expect(greeting(hour, 'Cora Lane')).toBe(expected);
  });

  it('does without a name', () => {
    expect(greeting(8, ' ')).toBe('Good morning');
  });
});
