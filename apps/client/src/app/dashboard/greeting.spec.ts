import { greetingAt } from './greeting';

describe('greetingAt', () => {
  it.each([
    [3, 'Hello, Cora'],
    [8, 'Good morning, Cora'],
    [12, 'Good afternoon, Cora'],
    [20, 'Good evening, Cora'],
  ])('at %p o’clock is %j', (hour, greeting) => {
    expect(greetingAt(new Date(2026, 0, 1, hour), 'Cora Lane')).toBe(greeting);
  });

  it('does without a name', () => {
    expect(greetingAt(new Date(2026, 0, 1, 8), ' ')).toBe('Good morning');
  });
});
